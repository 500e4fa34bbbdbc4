/** Every cap in one table, with what is said when one is hit: a cap is never silent. */

/** Sizes in UTF-16 code units (the largest real workflow seen has 4.1 million), depths in nested elements or values (largest seen: 63). */
export const limits = {
  fileLength: 16 * 1024 * 1024,
  /** Of a C# file (the largest real one seen has 80 thousand): a second of work, and half a gigabyte for the worst of texts. */
  codedLength: 512 * 1024,
  /** Of its syntax tree; a chain of calls or a sum nests one level a link. */
  codedDepth: 1000,
  xamlDepth: 256,
  jsonDepth: 256,
  /** Files read in one project or scan. */
  files: 20_000,
  /** Base64 text of a ConnectionKey that is decoded to look for secrets. */
  connectionKey: 256 * 1024,
  /** Base64 text of the configuration of a connector activity; real ones stay below 64 kB. */
  configuration: 1024 * 1024,
  /** Bytes that a packed configuration may hold. */
  unpacked: 4 * 1024 * 1024,
} as const;

/** A cap that was hit: where, and the sentence for it. */
export interface LimitHit {
  readonly offset: number;
  readonly message: string;
}

/** What makes a file smaller, by what it is: nobody can split bindings into workflows. */
const remedies = {
  xaml: 'Split it into smaller workflows, or leave the file out of the scan.',
  coded: 'Split it into smaller classes, or leave the file out of the scan.',
  bindings: 'Have Studio write the bindings anew, or leave the file out of the scan.',
  project: 'Have Studio save the project anew: a project.json holds settings and dependencies only.',
  manifest: 'Give each project a manifest of its own.',
  registration: 'Save the registration of one app only, or leave the file out of the scan.',
} as const;

/** Kinds of files that caps are told of. */
export type Capped = keyof typeof remedies;

/** What is said of a file longer than the cap. */
export function tooLong(length: number, kind: Capped, cap: number = limits.fileLength): LimitHit {
  const kilo = (units: number) => Math.round(units / 1024);
  const size = (units: number) => (kilo(units) < 1024 ? `${kilo(units)} kB` : `${Math.round(units / 1024 / 1024)} MB`);
  return {
    offset: 0,
    message: `This file (${size(length)}) is over the limit of ${size(cap)} and was not analysed. ${remedies[kind]}`,
  };
}

/** What is said of a file nested deeper than the cap. */
export function tooDeep(offset: number, depth: number, kind: Capped): LimitHit {
  return { offset, message: `This file nests deeper than ${depth} levels and was not analysed. ${remedies[kind]}` };
}

/** What is said of a C# file that the parser refuses. */
export function tooComplex(): LimitHit {
  return {
    offset: 0,
    message: `This C# file nests deeper than ${limits.codedDepth} levels, or takes too much work to read, and was not analysed. ${remedies.coded}`,
  };
}
