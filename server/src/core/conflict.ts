/** Finds the marks that a failed merge leaves in a file: they explain a fault better than the first character that does not fit. */
import type { Fault } from './xaml/faults';

/** Where a file is not well formed and holds a conflict mark, the fault is that mark. */
export function explainFault(text: string, fault: Fault | undefined): Fault | undefined {
  const mark = fault && /^<{7}(?= |\r|\n|$)[^\r\n]*/m.exec(text);
  if (!mark) return fault;
  return {
    start: mark.index,
    end: mark.index + mark[0].length,
    message: 'A merge conflict was left in this file: settle it, and remove the lines with <<<<<<<, ======= and >>>>>>>.',
  };
}
