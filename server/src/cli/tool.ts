/** What the command says of itself. */
declare const PACKAGE_VERSION: string;

/** The version of the package, put in by the bundler. */
export const version: string = PACKAGE_VERSION;

/** The `tool` member of every JSON output. */
export function toolInfo(catalogDate: string) {
  return { name: 'm365-scopes', version, catalog: { date: catalogDate } };
}
