/** Finds the registration of each app that manifests name, and completes by it what they do not state themselves. */
import type { Document, ManifestDocument, Project } from './model';
import type { RegistrationDocument } from './registration-model';
import type { ManifestApp } from './sign-in-model';

/** The apps of a manifest, by key. */
export type AppsOf = (manifest: ManifestDocument) => ReadonlyMap<string, ManifestApp>;

/** What a caller tells of paths, which core knows nothing of. */
interface Paths {
  /** Whether the file that a manifest names, relative to itself, is the one at a path. */
  readonly isSameFile: (manifestPath: string, file: string, path: string) => boolean;
}

/** The registrations among documents. */
export function registrationsOf({ documents }: Pick<Project, 'documents'>): RegistrationDocument[] {
  return documents.filter((document) => document.kind === 'registration');
}

/** Gives the apps of manifests with what their registrations say. The manifest's own word comes first. */
export function completeApps(documents: readonly Document[], manifests: readonly ManifestDocument[], paths: Paths): AppsOf {
  const registrations = registrationsOf({ documents });
  const completed = new Map(
    manifests.map((manifest) => [
      manifest,
      new Map([...manifest.apps].map(([key, app]) => [key, complete(app, findRegistration(manifest, app, registrations, paths))])),
    ]),
  );
  return (manifest) => completed.get(manifest) ?? manifest.apps;
}

/** By the path that the manifest names, else by the application id. */
function findRegistration(
  { path }: ManifestDocument,
  { registration, clientId }: ManifestApp,
  registrations: readonly RegistrationDocument[],
  { isSameFile }: Paths,
): RegistrationDocument | undefined {
  const named = registration && registrations.find((document) => isSameFile(path, registration.text, document.path));
  return named ?? (clientId === undefined ? undefined : registrations.find(({ appId }) => appId === clientId.toLowerCase()));
}

function complete(app: ManifestApp, document: RegistrationDocument | undefined): ManifestApp {
  if (!document) return app;
  return {
    ...app,
    clientId: app.clientId ?? document.appId,
    audience: app.audience ?? document.audience,
    redirectUris: app.redirectUris ?? document.redirectUris,
    publicClientFlows: app.publicClientFlows ?? document.publicClientFlows,
    document,
  };
}

/** Registrations that manifests name and that are not among the documents. */
export function absentRegistrations(
  documents: readonly Document[],
  manifests: readonly ManifestDocument[],
  { isSameFile }: Paths,
): Project['absentRegistrations'] {
  return manifests.flatMap((manifest) =>
    [...manifest.apps.values()].flatMap(({ registration }) =>
      registration === undefined || documents.some(({ path }) => isSameFile(manifest.path, registration.text, path))
        ? []
        : [{ manifest, path: registration }],
    ),
  );
}

/** The app that a registration describes by itself, where no manifest speaks of it. */
export function appOfRegistration(document: RegistrationDocument): ManifestApp {
  const { label, appId, audience, redirectUris, publicClientFlows, access } = document;
  return {
    key: label,
    keyRange: { start: access?.start ?? 0, end: access?.end ?? 0 },
    clientId: appId,
    tenant: undefined,
    audience,
    redirectUris,
    publicClientFlows,
    registration: undefined,
    document,
  };
}
