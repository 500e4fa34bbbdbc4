/** Tells whether a text is an OData filter, by the grammar of OData 4.01; names of properties and functions are not looked up. */

type Token = { readonly kind: 'text' | 'number' | 'word' | 'mark'; readonly text: string };

const comparisons = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'in', 'has']);
const arithmetic = new Set(['add', 'sub', 'mul', 'div', 'mod', 'divby']);
const deepest = 100;

/** What keeps a text from being a filter, in a few words; undefined: nothing does. */
export function filterFault(filter: string): string | undefined {
  const tokens = tokenize(filter);
  if (typeof tokens === 'string') return tokens;
  if (tokens.length === 0) return undefined;
  const parser = { tokens, at: 0, depth: 0 };
  const fault = anyOf(parser);
  if (fault !== undefined) return fault;
  const next = parser.tokens[parser.at];
  if (!next) return undefined;
  if (next.text === ')') return 'a parenthesis is closed that was never opened';
  return next.kind === 'word' ? unknownOperator(next.text) : `"${next.text}" is out of place`;
}

function unknownOperator(word: string): string {
  const isFunction = /^(contains|startswith|endswith)$/i.test(word);
  return isFunction ? `write ${word.toLowerCase()}(property, 'text')` : `"${word}" is no operator`;
}

const pattern =
  /\s+|(?<text>(?:[A-Za-z.]+)?'(?:[^']|'')*')|(?<date>\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)|(?<number>-?\d+(?:\.\d+)?(?:e[+-]?\d+)?[a-z]?\b)|(?<word>[\p{L}_$@#][\p{L}\p{N}_.$#-]*)|(?<mark>[(),/:-])/giuy;

function tokenize(filter: string): Token[] | string {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < filter.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(filter);
    if (!match) {
      const rest = filter.slice(at);
      const strange = /^(==|=|!=|<>|<=|>=|<|>|&&|\|\||\S)/.exec(rest)?.[0] ?? '';
      if (strange === "'") return 'a quote is never closed';
      if (/[‘’“”]/.test(strange)) return 'texts stand in straight single quotes';
      if (strange === '=' && /^\s*\$filter\s*$/i.test(filter.slice(0, at)))
        return 'it starts with $filter=, which the activity adds by itself';
      return strange === '"' ? 'texts stand in single quotes' : `"${strange}" is no operator`;
    }
    const { text, date, number, word, mark } = match.groups ?? {};
    if (text !== undefined) tokens.push({ kind: 'text', text });
    else if (date !== undefined || number !== undefined) tokens.push({ kind: 'number', text: date ?? number ?? '' });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
  }
  return tokens;
}

interface Parser {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

const wordAt = ({ tokens, at }: Parser) => (tokens[at]?.kind === 'word' ? tokens[at].text.toLowerCase() : undefined);
const isMark = ({ tokens, at }: Parser, mark: string, ahead = 0) =>
  tokens[at + ahead]?.kind === 'mark' && tokens[at + ahead]?.text === mark;

/** Operands joined by `and` and `or`. */
function anyOf(parser: Parser): string | undefined {
  for (;;) {
    const fault = comparison(parser);
    if (fault !== undefined) return fault;
    const word = wordAt(parser);
    if (word !== 'and' && word !== 'or') return undefined;
    parser.at++;
  }
}

function comparison(parser: Parser): string | undefined {
  while (wordAt(parser) === 'not') parser.at++;
  const fault = operand(parser);
  if (fault !== undefined) return fault;
  for (let word = wordAt(parser); word !== undefined && (comparisons.has(word) || arithmetic.has(word)); word = wordAt(parser)) {
    parser.at++;
    const other = operand(parser);
    if (other !== undefined) return other;
  }
  return undefined;
}

/** A literal, a path, a call, or anything in parentheses. */
function operand(parser: Parser): string | undefined {
  if (isMark(parser, '-')) parser.at++;
  const token = parser.tokens[parser.at];
  if (!token) return 'something is missing at its end';
  if (isMark(parser, '(')) return enclosed(parser);
  if (token.kind === 'mark') return `"${token.text}" is out of place`;
  const word = wordAt(parser);
  if (word !== undefined && isReserved(word) && !isName(parser)) return `something is missing before "${token.text}"`;
  parser.at++;
  return token.kind === 'word' ? path(parser) : undefined;
}

function isReserved(word: string): boolean {
  return comparisons.has(word) || arithmetic.has(word) || word === 'and' || word === 'or';
}

/** A property may be called like an operator: then an operator follows it. */
function isName({ tokens, at }: Parser): boolean {
  const next = tokens[at + 1];
  return next?.kind === 'word' && comparisons.has(next.text.toLowerCase());
}

function path(parser: Parser): string | undefined {
  for (;;) {
    if (isMark(parser, '(')) {
      const fault = enclosed(parser);
      if (fault !== undefined) return fault;
    } else if (isMark(parser, '/')) {
      parser.at++;
      if (parser.tokens[parser.at]?.kind !== 'word') return 'a path ends with /';
      parser.at++;
    } else return undefined;
  }
}

/** Parentheses: of a group, of arguments, of a list, or of `any` and `all` with a variable. */
function enclosed(parser: Parser): string | undefined {
  if (++parser.depth > deepest) return 'it nests too deep';
  const before = parser.tokens[parser.at - 1];
  const isCall = before?.kind === 'word' && !isReserved(before.text.toLowerCase());
  parser.at++;
  const hasVariable = parser.tokens[parser.at]?.kind === 'word' && isMark(parser, ':', 1);
  if (hasVariable) parser.at += 2;
  if (isMark(parser, ')') && isCall && !hasVariable) {
    parser.at++;
    return undefined;
  }
  for (;;) {
    const fault = anyOf(parser);
    if (fault !== undefined) return fault;
    if (!isMark(parser, ',')) break;
    parser.at++;
  }
  if (!isMark(parser, ')')) {
    const next = parser.tokens[parser.at];
    if (!next) return 'a parenthesis is never closed';
    return next.kind === 'word' ? `"${next.text}" is no operator` : `"${next.text}" is out of place`;
  }
  parser.at++;
  parser.depth--;
  return undefined;
}
