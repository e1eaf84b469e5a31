/** One line of the benchmark: two things that are run in turn, and how often the first may take the time of the second. */
export interface BenchLine {
  readonly name: string;
  readonly subject: (run: number) => unknown;
  readonly yardstick: (run: number) => unknown;
  /** How many times each is run after warming up; 30 or more. */
  readonly runs: number;
  /** How many times each is run before: until the compiler of V8 has seen what runs often. */
  readonly warmUpRuns?: number;
  /** The largest ratio of the medians that is acceptable. */
  readonly limit?: number;
}

export interface Measured {
  readonly subject: number;
  readonly yardstick: number;
  readonly ratio: number;
}

/**
 * Medians in milliseconds. The two are run in turn, so that whatever slows the machine slows both; the number of the
 * run is given to each, to make its input unlike any before.
 */
export function measure({ subject, yardstick, runs, warmUpRuns = 15 }: BenchLine): Measured {
  const subjectTimes: number[] = [];
  const yardstickTimes: number[] = [];
  for (let run = 0; run < warmUpRuns + runs; run++) {
    const yardstickTime = time(() => yardstick(run));
    const subjectTime = time(() => subject(run));
    if (run < warmUpRuns) continue;
    yardstickTimes.push(yardstickTime);
    subjectTimes.push(subjectTime);
  }
  const [ours, theirs] = [median(subjectTimes), median(yardstickTimes)];
  return { subject: ours, yardstick: theirs, ratio: ours / theirs };
}

function time(action: () => unknown): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
