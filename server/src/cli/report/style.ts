/** Colours of the text report: on a terminal only. */
import type { Severity } from '../../core/problem';

export interface Style {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly severity: (severity: Severity, text: string) => string;
}

const codes: Readonly<Record<Severity, number>> = { error: 31, warning: 33, information: 36, hint: 90 };

/** Makes a style; without colour every function gives its text back. */
export function makeStyle(colour: boolean): Style {
  const paint = (code: number) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { strong: paint(1), faint: paint(90), good: paint(32), severity: (severity, text) => paint(codes[severity])(text) };
}
