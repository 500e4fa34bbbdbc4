/** Reads the files that `--granted` names: capped in size, in the encodings that shells write, never echoed. */
import { closeSync, openSync, readSync } from 'node:fs';
import { joinEvidence, type ReadEvidence, readEvidence } from './grants-json';

/** In bytes: the grants of one app are a few kilobytes. */
const largestFile = 4 * 1024 * 1024;

/** Reads files and puts them together. A refusal names the file, and nothing that stands in it. */
export function readGrants(files: readonly string[]): ReadEvidence {
  const parts = files.map((file) => {
    const text = readText(file);
    const read = text.refusal === undefined ? readEvidence(text.text) : text;
    return read.refusal === undefined ? read : { refusal: `${file} ${read.refusal}.` };
  });
  const refused = parts.find(({ refusal }) => refusal !== undefined);
  if (refused?.refusal !== undefined) return { refusal: refused.refusal };
  const joined = joinEvidence(parts.flatMap((part) => (part.refusal === undefined ? [part.evidence] : [])));
  return joined.refusal === undefined ? joined : { refusal: `What ${files.join(' and ')} hold is not of one app: it ${joined.refusal}.` };
}

type ReadText = { readonly text: string; readonly refusal?: never } | { readonly refusal: string };

function readText(file: string): ReadText {
  try {
    const bytes = readCapped(file);
    return bytes ? decode(bytes) : { refusal: `is over ${largestFile / 1024 / 1024} MB: export the grants of one app only` };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { refusal: code === 'ENOENT' ? 'is not there' : `cannot be read (${code})` };
  }
}

/** Reads at most the cap, also from a pipe, whose size nobody knows before. */
function readCapped(file: string): Buffer | undefined {
  const handle = openSync(file, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let size = 0; ; ) {
      const chunk = Buffer.alloc(64 * 1024);
      const count = readSync(handle, chunk, 0, chunk.length, null);
      if (count === 0) return Buffer.concat(chunks);
      size += count;
      if (size > largestFile) return undefined;
      chunks.push(chunk.subarray(0, count));
    }
  } finally {
    closeSync(handle);
  }
}

/** PowerShell 5 writes UTF-16 when output is sent to a file. */
function decode(bytes: Buffer): ReadText {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return { refusal: 'is not text in UTF-8 or UTF-16' };
  }
}
