/** Keeps text of a file from being read as more than text where it is shown as Markdown. */

/** One line, without blanks at its ends. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** One line in which nothing is Markdown or HTML. */
export function safeMarkdown(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]()#+\-.!<>|~&]/g, '\\$&');
}
