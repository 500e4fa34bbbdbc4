/** Reads the expectations that are marked in a fixture: see test/rules/README.md for the grammar. */

export interface Expectation {
  readonly file: string;
  /** Zero-based. */
  readonly line: number;
  readonly start: number;
  /** Undefined: the range may end anywhere. */
  readonly end: number | undefined;
  readonly rule: string;
  /** The message holds this text. */
  readonly text: string;
  /** Titles of fixes, the preferred one first. */
  readonly fixes: readonly string[];
}

const carets = /^(\s*(?:<!--|\/\/)[ ]*?)( *)(\^+|@\d+-\d*)\s+([\w-]+)(?::\s*(.*?))?\s*(?:-->)?\s*$/;
const fixLine = /^\s*(?:<!--|\/\/)\s*fix:\s*(.*?)\s*(?:-->)?\s*$/;

/** Takes the marker lines out of a text and gives what they expect of the line above them. */
export function readMarkers(file: string, marked: string): { text: string; expected: Expectation[] } {
  const kept: string[] = [];
  const expected: Expectation[] = [];
  for (const line of marked.split('\n')) {
    const fix = fixLine.exec(line);
    const last = expected.at(-1);
    if (fix && last) {
      expected[expected.length - 1] = { ...last, fixes: [...last.fixes, fix[1] ?? ''] };
      continue;
    }
    const marker = carets.exec(line);
    if (!marker) {
      kept.push(line);
      continue;
    }
    const [, head = '', blank = '', mark = '', rule = '', text = ''] = marker;
    const column = head.length + blank.length;
    const [from, to] = mark.startsWith('@') ? mark.slice(1).split('-') : [String(column), String(column + mark.length)];
    expected.push({ file, line: kept.length - 1, start: Number(from), end: to === '' ? undefined : Number(to), rule, text, fixes: [] });
  }
  return { text: kept.join('\n'), expected };
}
