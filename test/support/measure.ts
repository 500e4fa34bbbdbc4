/** Times a function, and prints it beside a baseline of the same run. */

export interface Measured {
  readonly p50: number;
  readonly p95: number;
}

/** Runs a function until half a second has gone by, at least 12 times, after three runs to warm up. Milliseconds. */
export function measure(body: () => unknown): Measured {
  for (let i = 0; i < 3; i++) body();
  const times: number[] = [];
  const started = performance.now();
  while (times.length < 12 || performance.now() - started < 500) {
    const before = performance.now();
    body();
    times.push(performance.now() - before);
  }
  return summarize(times);
}

/** Takes the middle and the 95th percentile. */
export function summarize(times: readonly number[]): Measured {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

/** Prints one line: the figures, and how many times the baseline they are. */
export function report(what: string, measured: Measured, baselineName: string, baseline: Measured): void {
  const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
  const ratio = measured.p50 / baseline.p50;
  const times = ratio < 0.1 ? ratio.toPrecision(1) : ratio.toFixed(1);
  console.log(`${what}: p50 ${ms(measured.p50)}, p95 ${ms(measured.p95)}; ${times} × ${baselineName} (${ms(baseline.p50)})`);
}
