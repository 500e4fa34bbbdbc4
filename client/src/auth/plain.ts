/** Makes what a workspace or a server wrote fit to stand in a message: VS Code makes links of Markdown there, which may run commands. */

/**
 * The text in one line, without what a link, a quotation or an invisible character needs.
 * @param longest UTF-16 code units; the rest is cut off
 */
export function plain(text: string, longest = 80): string {
  const clean = text.replace(/[[\]()<>"`\p{C}\p{Z}]+/gu, ' ').trim();
  return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean;
}
