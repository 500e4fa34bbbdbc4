/** Tells of a registration what the other automations that use its app ask for: only together they say what nobody needs. */
import { dirname } from 'node:path';
import type { Catalog } from '../core/catalog/types';
import { type AnalyzeOptions, registrationUse } from '../core/index';
import type { RegistrationUse } from '../core/permissions/registration';
import type { Document } from '../core/project/model';
import type { RegistrationDocument } from '../core/project/registration-model';
import { registrationsOf } from '../core/project/registrations';
import { type Automation, isBelow } from './automations';

/** What is looked at beside an automation itself. */
export interface Surroundings {
  /** Every automation that was read. */
  readonly automations: readonly Automation[];
  /** Whether all that stands around a path was read. */
  readonly isWhole: (path: string) => boolean;
}

/** The automations that use an app of which this one has the registration. */
export function sharers({ root, documents }: Automation, { automations }: Surroundings): Automation[] {
  const own = registrationsOf({ documents }).filter(({ sharing }) => sharing !== 'borrowed');
  if (own.length === 0) return [];
  const others = automations.filter((other) => other.root !== root && own.some((document) => has(other, document)));
  // Folders of the editor that overlap give an automation twice.
  return [...new Map(others.map((other) => [other.root, other])).values()];
}

function has({ documents }: Automation, { path, appId }: RegistrationDocument): boolean {
  return registrationsOf({ documents }).some((other) => other.path === path || (appId !== undefined && other.appId === appId));
}

/** Looks at the others when a registration is asked about, each once. */
export function sharedUseOf(
  automation: Automation,
  surroundings: Surroundings,
  catalog: Catalog,
  options: AnalyzeOptions,
): NonNullable<AnalyzeOptions['sharedUse']> {
  const known = new Map<readonly Document[], (document: RegistrationDocument) => RegistrationUse>();
  const useBy = ({ documents }: Automation) => {
    const found = known.get(documents) ?? registrationUse(documents, catalog, options);
    known.set(documents, found);
    return found;
  };
  return (document) => ({
    others: sharers(automation, surroundings)
      .filter((other) => has(other, document))
      .map((other) => useBy(other)(document)),
    areAllKnown: isBelow(automation.root, document.path) || surroundings.isWhole(dirname(document.path)),
  });
}
