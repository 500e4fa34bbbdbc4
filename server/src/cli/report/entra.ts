/** What apps have to register, as text for a person and as JSON. */
import type { AppUser, NeededAccess, NeededPermission, Reason } from '../../core/entra/needed-access';
import { requiredResourceAccess } from '../../core/entra/required-resource-access';
import { labelOf } from '../../core/permissions/label';
import { apis, entryTypes } from '../../core/project/registration-edits';
import { positionAt } from '../../core/text';
import type { Report } from './model';
import type { Style } from './style';

/** The apps as data: the array to paste, and the names beside it. */
export function accessToJson(apps: readonly NeededAccess[], ofUipath: readonly AppUser[], report: Report) {
  const userOf = (user: AppUser) => ({
    [user.isConnection ? 'connection' : 'scope']: user.label,
    ...(user.name === undefined ? {} : { name: user.name }),
    ...placeOf(user, report),
  });
  return {
    apps: apps.map(({ app, clientId, registration, users, permissions, isPartial }) => ({
      app: app ?? null,
      clientId: clientId ?? null,
      ...(registration === undefined ? {} : { registration: report.show(registration) }),
      usedBy: users.map(userOf),
      complete: !isPartial,
      requiredResourceAccess: requiredResourceAccess(permissions),
      permissions: permissions.map(({ permission, kind, id, reason, why }) => ({
        value: permission.value,
        resource: apis[permission.resource].name,
        kind,
        type: entryTypes[kind],
        id,
        label: labelOf(permission.value),
        because: reason,
        activities: why.map(({ activity, displayName, file, start }) => ({
          activity,
          displayName,
          ...placeOf({ place: { file, start, end: start } }, report),
        })),
      })),
    })),
    uipathApp: ofUipath.map(userOf),
  };
}

/** The file, and its line from zero on. */
function placeOf({ place }: Pick<AppUser, 'place'>, report: Report): { file?: string; line?: number } {
  if (!place) return {};
  const document = report.documents.get(place.file);
  return { file: report.show(place.file), line: document ? positionAt(document.lines, place.start).line : 0 };
}

/** The apps as text. */
export function accessToText(apps: readonly NeededAccess[], ofUipath: readonly AppUser[], report: Report, style: Style): string {
  const blocks = apps.map((app) => appText(app, report, style));
  if (ofUipath.length > 0)
    blocks.push(
      `UiPath's own app signs in for ${ofUipath.map((user) => userText(user, report)).join(', ')}: there is nothing to register.\n`,
    );
  return blocks.length > 0 ? blocks.join('\n') : 'Nothing here signs in to Microsoft 365: there is nothing to register.\n';
}

function appText(access: NeededAccess, report: Report, style: Style): string {
  const { app, clientId, registration, users, permissions, isPartial } = access;
  const name = app ?? clientId ?? 'An app that no file names';
  const head = [
    style.strong(name),
    app === undefined ? undefined : clientId,
    registration === undefined ? undefined : report.show(registration),
  ];
  const lines = [
    head.filter(Boolean).join('  '),
    `  used by  ${users.map((user) => userText(user, report)).join(', ')}`,
    ...permissions.map((permission) => permissionText(permission, permissions, report, style)),
  ];
  if (isPartial) lines.push('  not all  Some of what uses it needs is known at run time only: compare with what it asks for.');
  if (permissions.length === 0) lines.push('  nothing  What uses it needs no permission that is known before the run.');
  else lines.push('', listText(access));
  return `${lines.join('\n')}\n`;
}

function userText(user: AppUser, report: Report): string {
  const { file, line = 0 } = placeOf(user, report);
  const label = user.isConnection ? (user.place ? user.label : (user.name ?? user.label)) : `"${user.label}"`;
  return file === undefined ? label : `${label} (${file}:${line + 1})`;
}

const reasons: Readonly<Record<Reason, string>> = {
  activities: '',
  'sign-in': 'the sign-in itself asks for it',
  declared: 'declared, and what needs it is known at run time only',
};

/** Activities that are named before the rest is counted. */
const most = 3;

function permissionText(needed: NeededPermission, all: readonly NeededPermission[], report: Report, style: Style): string {
  const { permission, kind, id, reason, why } = needed;
  const width = Math.max(...all.map((other) => other.permission.value.length));
  const named = why.slice(0, most).map(({ displayName, file, start }) => {
    const place = placeOf({ place: { file, start, end: start } }, report);
    return `${displayName} (${place.file}:${(place.line ?? 0) + 1})`;
  });
  const rest = why.length > most ? ` and ${why.length - most} more` : '';
  const because = reasons[reason] || `${named.join(', ')}${rest}`;
  return `  ${kind.padEnd(11)}  ${style.strong(permission.value.padEnd(width))}  ${id}  ${labelOf(permission.value)}: ${style.faint(because)}`;
}

/** As it stands in the manifest of an app, an entry a line. */
function listText({ permissions }: NeededAccess): string {
  const list = JSON.stringify(requiredResourceAccess(permissions), undefined, 2);
  const text = list.replaceAll(/\{\s+"id": ("[^"]+"),\s+"type": ("[^"]+")\s+\}/g, '{ "id": $1, "type": $2 }');
  return `"requiredResourceAccess": ${text}`;
}
