/** One of several ways to do the same work. `units` is how much of it one run does (candles, messages, symbols). */
export interface Contender {
  readonly name: string;
  readonly units: number;
  readonly run: () => unknown;
}

export interface Measurement {
  readonly name: string;
  /** Median time of one run. */
  readonly medianMs: number;
  /** Median time of one unit of work. */
  readonly nsPerUnit: number;
}

export interface MeasureOptions {
  /** Timed runs of each contender. Default 7. */
  readonly rounds?: number;
  /** Untimed runs of each contender before, for the compiler. Default 2. */
  readonly warmupRounds?: number;
}

/** The middle of the values (mean of the two middle ones for an even count); NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  const high = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return (low + high) / 2;
}

/**
 * Times contenders in turns, so that a slow moment of the machine meets all of them, and answers their medians in the order given.
 * Every round begins one contender further on (a b c, b c a, c a b, …), so that none always runs after the one that leaves the most
 * garbage. A contender that returns a promise is awaited.
 */
export async function measureInterleaved(
  contenders: readonly Contender[],
  { rounds = 7, warmupRounds = 2 }: MeasureOptions = {},
): Promise<Measurement[]> {
  const timesMs = contenders.map((): number[] => []);
  for (let round = -warmupRounds; round < rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const index = (warmupRounds + round + turn) % contenders.length;
      const contender = contenders[index];
      if (contender === undefined) continue;
      const elapsedMs = await timeMs(contender.run);
      if (round >= 0) timesMs[index]?.push(elapsedMs);
    }
  }
  return contenders.map(({ name, units }, index) => {
    const medianMs = median(timesMs[index] ?? []);
    return { name, medianMs, nsPerUnit: (medianMs * 1e6) / units };
  });
}

async function timeMs(run: () => unknown): Promise<number> {
  const startedAt = performance.now();
  const outcome = run();
  if (outcome instanceof Promise) await outcome;
  return performance.now() - startedAt;
}
