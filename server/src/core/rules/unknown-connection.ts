import { isGuid } from '../guid';
import { setIn } from '../json/modify';
import { groupsOf } from '../permissions/assess';
import { connectionScopes } from '../permissions/connection-scopes';
import type { Fix } from '../problem';
import { connectionKey, connectorsOf } from '../project/connection-names';
import type { ManifestDocument, Use } from '../project/model';
import type { Finding, Rule, RuleContext } from './rule';
import { laterFix } from './support/sign-in';

/**
 * An activity uses a connection that the manifest does not declare.
 *
 * **What happens at run time.** Nobody has checked what that connection may do: a scope may be missing, or the connection may not be there at all on the robot's folder (CNS1006).
 *
 * **When it fires.** The manifest has `connections`, governs the file, and an activity names a connection, by GUID or by key, that is not among them. Expressions are left alone; so is a project without a manifest, whose connections are listed instead.
 *
 * **How to fix.** Declare the connection in the manifest. The fix that is offered writes it with the scopes that its activities need.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 */
export const unknownConnection: Rule = {
  id: 'unknown-connection',
  severity: 'error',
  stage: 'none',
  check: (context) =>
    context.project.undeclared.flatMap(({ isExpression, uses }) =>
      isExpression ? [] : uses.flatMap((use) => toFinding(context, use, uses)),
    ),
};

function toFinding(context: RuleContext, use: Use, all: readonly Use[]): Finding[] {
  const manifest = governing(context, use);
  const name = use.connection?.text;
  if (!manifest || name === undefined) return [];
  return [
    {
      file: use.document.path,
      range: { start: use.range.start, end: use.range.end },
      message: `${use.displayName} uses the connection ${isGuid(name) ? name : JSON.stringify(name)}, which the manifest does not declare.`,
      scopes: [],
      connection: name,
      activity: use.id,
      why: [],
      fixes: [declaring(context, manifest, name, all)],
    },
  ];
}

function governing({ project }: RuleContext, use: Use): ManifestDocument | undefined {
  const candidates =
    use.document.kind === 'manifest'
      ? [use.document]
      : project.manifests.filter((manifest) => project.governs(manifest, use.document.path));
  return candidates.find(({ hasConnections, fault }) => hasConnections && !fault);
}

/** Writes the connection with the least that its activities need; what nobody knows is left out. */
function declaring({ catalog, project }: RuleContext, manifest: ManifestDocument, name: string, uses: readonly Use[]): Fix {
  const connector = connectorsOf(uses)[0] ?? project.factsOf([name]).connector;
  const scopes = connectionScopes({ catalog, kind: 'delegated' }, groupsOf(uses, 'delegated'));
  const isOpen = uses.some(({ open }) => open);
  const taken = new Set(manifest.connections.map(({ key }) => key.toLowerCase()));
  const key = isGuid(name) ? connectionKey(connector, taken) : name;
  const entry = {
    ...(connector === undefined ? {} : { connector }),
    ...(isGuid(name) ? { id: name } : {}),
    ...(isOpen || scopes.length === 0 ? {} : { scopes }),
  };
  return laterFix(manifest.path, `Declare the connection ${JSON.stringify(key)} in the manifest`, () =>
    setIn(manifest, ['connections', key], entry),
  );
}
