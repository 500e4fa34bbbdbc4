/** What is announced or decided about permissions and operations beside what they open: consent policy, dates of change, national clouds. */
import type { Confidence, Permission } from './types';

type Name = Pick<Permission, 'value' | 'resource'>;

export interface WithheldConsent extends Name {
  /** Month from which users cannot consent, `YYYY-MM`. */
  readonly since: string;
  readonly sinceConfidence: Confidence;
}

export interface PermissionChange extends Name {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly what: string;
  /** What it opens goes away; otherwise it only stops opening part of it. */
  readonly ends?: true;
  readonly instead: string;
  readonly source: string;
  readonly confidence: Confidence;
}

export type NationalCloud = 'us-gov-l4' | 'us-gov-l5' | 'china';

export interface CloudGap {
  /** A normalised path; `*` stands for any text. */
  readonly path: string;
  readonly methods: readonly string[];
  readonly notIn: readonly NationalCloud[];
  readonly source: string;
}

/** The form of `schemas/notices.json`. */
export interface Notices {
  readonly managedConsent: { readonly policy: string; readonly source: string; readonly withheld: readonly WithheldConsent[] };
  readonly changes: readonly PermissionChange[];
  readonly clouds: readonly CloudGap[];
}

const isSame = (a: Name) => (b: Name) => a.value === b.value && a.resource === b.resource;

/** Whether Microsoft's managed policy withholds a delegated permission from users; undefined where it is not on the list. */
export function withheldConsent({ managedConsent }: Notices, permission: Permission): WithheldConsent | undefined {
  return managedConsent.withheld.find(isSame(permission));
}

/** The announced changes of a permission, the earliest first. */
export function changesOf({ changes }: Notices, permission: Permission): readonly PermissionChange[] {
  return changes.filter(isSame(permission)).sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** National clouds that are known to lack an operation, such as `GET /users/{id}/presence`. None: nothing is known. */
export function missingClouds({ clouds }: Notices, operation: string): readonly NationalCloud[] {
  const [method = '', written = ''] = operation.split(' ');
  const path = written.replace(/^\/me(?=\/|$)/, '/users/{id}');
  const gaps = clouds.filter((gap) => gap.methods.includes(method) && toPattern(gap.path).test(path));
  return [...new Set(gaps.flatMap(({ notIn }) => notIn))].sort();
}

function toPattern(path: string): RegExp {
  const parts = path.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
