/** Lays out JSON with comments, always in the same way: `\n`, two spaces, a comment above what it speaks of. */

export interface Member {
  readonly key: string;
  readonly value: string | readonly string[] | Block;
  /** Sentences that stand above the member, each on a line of its own. */
  readonly comments?: readonly string[];
}

/** An object. */
export interface Block {
  /** Sentences at its start. */
  readonly head?: readonly string[];
  readonly members: readonly Member[];
  /** Sentences at its end. */
  readonly tail?: readonly string[];
}

/** Width that comments and lists are broken at. */
const width = 120;

/** Writes an object as a file. */
export function writeJsonc(root: Block): string {
  return `${blockText(root, '')}\n`;
}

function blockText({ head = [], members, tail = [] }: Block, outer: string): string {
  const indent = `${outer}  `;
  const lines = [
    ...comment(head, indent),
    ...members.flatMap(({ key, value, comments = [] }, index) => {
      const comma = index < members.length - 1 ? ',' : '';
      return [...comment(comments, indent), `${indent}${JSON.stringify(key)}: ${valueText(key, value, indent)}${comma}`];
    }),
    ...comment(tail, indent),
  ];
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${outer}}`;
}

function valueText(key: string, value: Member['value'], indent: string): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if ('members' in value) return blockText(value, indent);
  const items = value.map((item) => JSON.stringify(item));
  const line = `[${items.join(', ')}]`;
  if (indent.length + key.length + line.length + 4 <= width) return line;
  return `[\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}]`;
}

function comment(sentences: readonly string[], indent: string): string[] {
  const lines = sentences.map(oneLine).filter((sentence) => sentence !== '');
  return lines.flatMap((sentence) => wrapped(sentence, width - indent.length - 3).map((line) => `${indent}// ${line}`));
}

/** A text without what would end a comment, or turn the order of what follows. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** Breaks a text between words. */
function wrapped(text: string, room: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
