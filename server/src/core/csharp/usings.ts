/** Reads what `using` directives rename: a file may call `IMailService` by a name of its own. */
import type { CsFile, Usings } from './model';
import type { CsNode } from './node';
import { typeNameOf } from './type-name';

const alias = /^[ \t]*(?:global\s+)?using\s+(?!static\b)([\p{L}_][\p{L}\p{N}_]*)\s*=\s*([\p{L}\p{N}_.:\s]+)(<[^;=<>]*>)?\s*;/gmu;
const ofClass = /^[ \t]*(?:global\s+)?using\s+static\s+([\p{L}\p{N}_.:\s]+);/gmu;

/** Reads the directives of a file; they are no part of its tree. */
export function readUsings(text: string): Usings {
  return {
    aliases: new Map([...text.matchAll(alias)].map(([, name = '', type = '', of = '']) => [name, lastPart(type) + lastPartIn(of)])),
    statics: [...text.matchAll(ofClass)].map(([, name = '']) => lastPart(name)),
  };
}

/** The name of a type, with what this file calls otherwise put right; see `typeNameOf`. */
export function typeIn({ text, usings: { aliases } }: CsFile, node: CsNode | undefined): string | undefined {
  const name = typeNameOf(text, node);
  return name === undefined || aliases.size === 0 ? name : name.replace(/[\p{L}_][\p{L}\p{N}_]*/gu, (word) => aliases.get(word) ?? word);
}

function lastPart(name: string): string {
  return name.replace(/\s+/g, '').replace(/^.*[.:]/, '');
}

function lastPartIn(typeArguments: string): string {
  return typeArguments === '' ? '' : `<${lastPart(typeArguments.slice(1, -1))}>`;
}
