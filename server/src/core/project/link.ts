/** Links the files of one automation: which activity relies on which scope or connection, and what it needs. */

import type { Catalog } from '../catalog/types';
import type { Tools } from '../tools';
import { readFacts } from './bindings';
import type { UnknownUse } from './connection-model';
import { linkCoded } from './link-coded';
import { linkConnection, undeclaredConnections, usesFor } from './link-connection';
import { linkConnectors } from './link-connector';
import { isUse, linkWorkflow } from './link-workflow';
import type { Document, ManifestDocument, Project, ProjectDocument } from './model';
import { absentRegistrations, completeApps, registrationsOf } from './registrations';
import { signInOfScope } from './sign-in';
import { toStatedUse } from './stated-use';

/** What the caller knows of paths: core has no file system. */
export interface LinkOptions {
  /** Whether a manifest's `workflows` globs take in a file. */
  readonly governs: (manifest: ManifestDocument, path: string) => boolean;
  /** Whether a glob, relative to the manifest, takes in a file. */
  readonly matches: (manifest: ManifestDocument, glob: string, path: string) => boolean;
  /** Whether the file that a manifest names, relative to itself, is the one at a path. */
  readonly isSameFile: (manifestPath: string, file: string, path: string) => boolean;
  readonly tools: Tools;
}

/** Links documents that belong together. */
export function link(documents: readonly Document[], catalog: Catalog, options: LinkOptions): Project {
  const { governs } = options;
  const manifests = documents.filter((document) => document.kind === 'manifest');
  const workflows = documents.filter((document) => document.kind === 'xaml');
  const project = documents.find((document) => document.kind === 'project' && document.isAutomation) as ProjectDocument | undefined;
  const appsOf = completeApps(documents, manifests, options);
  const known = { manifests, appsOf, registrations: registrationsOf({ documents }) };
  const links = workflows.map((document) =>
    linkWorkflow(document, catalog, { project, signInOf: (scope) => signInOfScope(document, scope, known, catalog, options) }),
  );
  const stated = manifests.flatMap((manifest) => manifest.activities.map((use) => toStatedUse(manifest, use, catalog)));
  const coded = linkCoded(documents, catalog, options.tools);
  const uses = [...links.flatMap((linked) => linked.uses), ...coded.uses, ...stated];
  const connectors = workflows.map((document) => linkConnectors(document, catalog, options.tools));
  const connectorUses = connectors.flatMap((linked) => linked.uses);
  const connected = [...uses, ...connectorUses].filter(({ connection }) => connection !== undefined);
  const unknown: UnknownUse[] = [
    ...links.flatMap(({ unknownConnections }, index) => {
      const document = workflows[index];
      return document ? unknownConnections.map((connection) => ({ document, connection })) : [];
    }),
    ...connectors.flatMap((linked) => linked.unknown),
    ...coded.unknown,
  ];
  const factsOf = readFacts(documents);
  const unread = documents.filter((document) => coded.unread.has(document) || hasUnknownUses(document));
  const declarations = [
    ...links.flatMap((linked) => linked.declarations),
    ...manifests.flatMap((manifest) => {
      const found = usesFor(manifest, connected, unknown, unread, governs);
      return manifest.connections.map((connection) =>
        linkConnection(manifest, connection, found, { catalog, factsOf, apps: appsOf(manifest) }),
      );
    }),
  ];
  return {
    documents: documents.map((document) => coded.told.get(document) ?? document),
    settings: project,
    manifests,
    absentRegistrations: absentRegistrations(documents, manifests, options),
    declarations,
    undeclared: undeclaredConnections(connected, manifests, { governs, factsOf }),
    uses,
    connectorUses,
    unknownUses: unknown,
    unread: new Set(unread.map((document) => coded.told.get(document) ?? document)),
    caps: connectors.flatMap(({ caps }) => caps),
    factsOf,
    governs,
    unknownActivities: links.flatMap(({ unknownActivities }) => unknownActivities),
    disabledUses: workflows.flatMap(({ path, candidates }) =>
      candidates.filter((use) => use.disabled && isUse(catalog, use)).map(() => path),
    ),
  };
}

/** Files that are damaged: what they use is not read. */
function hasUnknownUses({ kind, fault, limit }: Document): boolean {
  return kind === 'unreadable' || (kind === 'xaml' && (fault !== undefined || limit !== undefined));
}
