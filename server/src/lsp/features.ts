/** The features that answer requests, and the wiring of those that only show something. */
import type { Connection } from 'vscode-languageserver';
import { compareGrants, workspaceApps } from './apps';
import type { ClientAbilities } from './capabilities';
import { codeActions } from './code-actions';
import { codeLenses } from './code-lens';
import { compareRegistration } from './compare-registration';
import type { ServerContext } from './context';
import { pullDocument, pullWorkspace } from './diagnostics';
import { guard } from './guard';
import { hover } from './hover';
import { inlayHints } from './inlay-hints';
import { newManifest, projectsWithoutManifest } from './new-manifest';

export const allFeatures = {
  pullDocument,
  pullWorkspace,
  codeActions,
  codeLenses,
  hover,
  inlayHints,
  newManifest,
  projectsWithoutManifest,
  workspaceApps,
  compareGrants,
  compareRegistration,
};

/** By name, so that a test can make one fail. */
export type Features = typeof allFeatures;

export interface Shown {
  readonly connection: Connection;
  readonly context: ServerContext;
  readonly feature: Features;
  readonly client: () => ClientAbilities;
  readonly log: (message: string) => void;
}

/** Answers what is asked where somebody points, and what stands beside a text. */
export function showBeside({ connection, context, feature, client, log }: Shown): void {
  connection.onHover(({ textDocument, position }, token) =>
    guard({ name: 'hover', token, log, fallback: null }, () => feature.hover(context, textDocument.uri, position, client().showsMarkdown)),
  );
  connection.languages.inlayHint.on(({ textDocument, range }, token) =>
    guard({ name: 'inlay hints', token, log, fallback: [] }, () => feature.inlayHints(context, textDocument.uri, range)),
  );
}
