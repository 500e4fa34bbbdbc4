/** What every feature of the server works with. */
import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Catalog } from '../core/catalog/types';
import type { AnalyzeOptions } from '../core/index';
import type { Problem } from '../core/problem';
import type { AnalyzedAutomation, WorkspaceSession } from '../workspace/session';
import { toPath } from './convert';
import type { InitializationOptions } from './protocol';

export interface ServerContext {
  readonly session: WorkspaceSession;
  readonly catalog: Catalog;
  /** How the automation in a folder is analysed. */
  readonly analyzeOptions: (root: string) => AnalyzeOptions;
  readonly documents: TextDocuments<TextDocument>;
  /** The URI under which a file is open, as the client spells it; undefined where it is not. */
  readonly openUri: (path: string) => string | undefined;
  readonly options: InitializationOptions;
  /** The client can make a file as part of an edit. */
  readonly createsFiles: boolean;
  /** The day it is, `YYYY-MM-DD`, UTC. */
  readonly today: () => string;
  /** The automation of a file, with the settings of its folder. */
  readonly automationOf: (path: string) => Promise<AnalyzedAutomation | undefined>;
  /** Every automation of the folders. */
  readonly automations: () => Promise<readonly AnalyzedAutomation[]>;
}

/** A file that was asked for, with its automation. */
export interface Asked {
  readonly path: string;
  readonly found: AnalyzedAutomation;
}

/** Finds what a request is about; undefined for a file that is none of ours. */
export async function askedFor(context: ServerContext, uri: string): Promise<Asked | undefined> {
  const path = toPath(uri);
  const found = path === undefined ? undefined : await context.automationOf(path);
  return path !== undefined && found ? { path, found } : undefined;
}

/** The problems that are shown: not those that were accepted, nor those that the editor finds itself. */
export function shownProblems({ options }: ServerContext, { analysis }: AnalyzedAutomation): readonly Problem[] {
  return analysis.problems.filter(({ accepted, rule, file }) => {
    if (accepted) return false;
    const isJson = file.toLowerCase().endsWith('.json');
    return !(options.editorValidatesJson && isJson && (rule === 'schema' || rule === 'syntax'));
  });
}
