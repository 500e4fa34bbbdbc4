/** Names beside the GUIDs of a registration, which nobody knows by heart. */
import type { Catalog } from '../catalog/types';
import { isGuid } from '../guid';
import { labelOf } from '../permissions/label';
import { registeredOf } from '../permissions/registered';
import type { Document } from '../project/model';
import { apis } from '../project/registration-edits';
import type { Span } from '../text';

export interface NameHint {
  /** Behind the GUID and its quote. */
  readonly offset: number;
  readonly name: string;
  /** What it lets an app do; undefined for an API. */
  readonly label: string | undefined;
}

/** The hints of a stretch of a file; none in a file that is no registration. */
export function nameHints(document: Document, catalog: Catalog, { start, end }: Span): NameHint[] {
  if (document.kind !== 'registration') return [];
  const ofApis = document.resources.flatMap(({ id, resource }) =>
    id && isGuid(id.text.trim()) && (resource === 'graph' || resource === 'exchange')
      ? [{ offset: id.end + 1, name: apis[resource].name, label: undefined }]
      : [],
  );
  const ofEntries = registeredOf(catalog, document).flatMap(({ entry, permission, fault }) => {
    if (!permission || !isGuid(entry.id.text.trim())) return [];
    const other = entry.kind === 'delegated' ? 'application' : 'delegated';
    const name = fault === 'kind' ? `${permission.value} (${other})` : permission.value;
    return [{ offset: entry.id.end + 1, name, label: labelOf(permission.value) }];
  });
  return [...ofApis, ...ofEntries].filter(({ offset }) => start <= offset && offset <= end).sort((a, b) => a.offset - b.offset);
}
