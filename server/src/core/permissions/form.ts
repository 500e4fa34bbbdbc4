/** Finds scope values that are written in a form Entra refuses, whatever they name. */
import type { Declaration, DeclaredScope } from '../project/model';
import { splitPrefix } from './satisfy';

/** What is wrong with the form of a value. */
export type FormFault =
  /** Several scopes in one value, or a stray separator. */
  | { readonly kind: 'several'; readonly parts: readonly string[] }
  /** The address of Microsoft Graph in another cloud. */
  | { readonly kind: 'cloud'; readonly host: string; readonly expected: string; readonly name: string }
  /** `.default` stands for all that was granted, and takes no names beside it. */
  | { readonly kind: 'default' };

export interface MalformedScope {
  readonly declared: DeclaredScope;
  readonly index: number;
  readonly fault: FormFault;
}

/** Where Microsoft Graph is, by cloud (https://learn.microsoft.com/graph/deployments). */
const graphHosts: Readonly<Record<string, string>> = {
  office365: 'graph.microsoft.com',
  'us-gov-l4': 'graph.microsoft.us',
  'us-gov-l5': 'dod-graph.microsoft.us',
  china: 'microsoftgraph.chinacloudapi.cn',
};

const signInOnly = new Set(['openid', 'profile', 'email', 'offline_access']);

/** True for a value that asks for whatever the app was granted. */
export function isDefaultScope(text: string): boolean {
  return /(^|\/)\.default$/i.test(text);
}

/** What is wrong with the form of one value of a list; flags have a grammar of their own. */
export function formFaultOf({ form, scopes, signIn }: Declaration, { text }: DeclaredScope): FormFault | undefined {
  if (form?.kind === 'services') return undefined;
  if (/[\s,;]/.test(text)) return { kind: 'several', parts: text.split(/[\s,;]+/).filter((part) => part !== '') };
  const expected = graphHosts[signIn.environment ?? ''];
  const host = /^https:\/\/([^/]+)\//i.exec(text)?.[1]?.toLowerCase();
  if (expected !== undefined && host !== undefined && host !== expected && Object.values(graphHosts).includes(host))
    return { kind: 'cloud', host, expected, name: splitPrefix(text).name };
  const isName = (value: string) => !isDefaultScope(value) && !signInOnly.has(splitPrefix(value).name.toLowerCase());
  return isDefaultScope(text) && scopes.some((other) => isName(other.text)) ? { kind: 'default' } : undefined;
}

/** The scopes that the author of a malformed value meant. */
export function namesMeant(fault: FormFault): readonly string[] {
  if (fault.kind === 'several') return fault.parts;
  return fault.kind === 'cloud' ? [fault.name] : [];
}
