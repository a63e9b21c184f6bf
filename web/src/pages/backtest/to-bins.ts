import type { MarketScanResult } from '@fast-scanner/client';
import { type Direction, directionOfNumber } from '../../format/direction.ts';
import { formatSigned } from '../../format/format-number.ts';

type Histogram = MarketScanResult['distribution'];

export interface Bin {
  /** "−50 to 0 %" */
  readonly range: string;
  readonly count: number;
  /** Of the returns in it; flat when it holds both gains and losses. */
  readonly direction: Direction;
}

/** The bins of a histogram, from the worst return to the best. */
export function toBins({ edges, counts }: Histogram): readonly Bin[] {
  return counts.map((count, index) => {
    const from = edges[index] ?? 0;
    const to = edges[index + 1] ?? from;
    const direction = from < 0 && to > 0 ? 'flat' : directionOfNumber(from + to);
    return { range: `${formatSigned(from, 0)} to ${formatSigned(to, 0)} %`, count, direction };
  });
}
