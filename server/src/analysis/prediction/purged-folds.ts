import type { PredictionOptions } from './prediction-options.ts';
import type { SampleSet } from './sample-set.ts';

/** One step forward: learned from `train`, judged on the rows `from` (inclusive) to `to` (exclusive). */
export interface PurgedFold {
  /** Rows whose label was decided, embargo included, before the first judged row's time. */
  readonly train: Uint32Array;
  readonly from: number;
  readonly to: number;
}

type Timeline = Pick<SampleSet, 'length' | 'time' | 'endTime'>;
type FoldOptions = Pick<PredictionOptions, 'folds' | 'initialShare' | 'embargoCandles'>;

/**
 * Cuts samples, sorted by time, for walk-forward: judged parts hold about equally many rows, follow each other up to the newest row
 * and never cut through one moment, since all symbols share the time axis. A training part is everything before, purged of the rows
 * whose label was not yet decided, and of an embargo of so many candles more.
 * @see M. López de Prado, Advances in Financial Machine Learning, 2018, chapter 7
 */
export function splitPurged(samples: Timeline, candleMs: number, options: FoldOptions): PurgedFold[] {
  const { folds, initialShare } = options;
  const cuts = Array.from({ length: folds }, (_, fold) => {
    const share = initialShare + ((1 - initialShare) * fold) / folds;
    return startOfMoment(samples.time, Math.floor(samples.length * share));
  });
  return cuts.map((from, fold) => {
    const lastEnd = (samples.time[from] ?? Number.NaN) - options.embargoCandles * candleMs;
    return { train: rowsDecidedBy(samples, { from, lastEnd }), from, to: cuts[fold + 1] ?? samples.length };
  });
}

/** Rows before `from` whose label was decided by a candle before `lastEnd`. */
function rowsDecidedBy(
  { endTime }: Timeline,
  { from, lastEnd }: { readonly from: number; readonly lastEnd: number },
): Uint32Array {
  const rows = new Uint32Array(from);
  let count = 0;
  for (let row = 0; row < from; row += 1) {
    rows[count] = row;
    count += Number((endTime[row] ?? Number.NaN) < lastEnd);
  }
  return rows.slice(0, count);
}

/** The first row of the moment that a row belongs to. */
function startOfMoment(time: Float64Array, row: number): number {
  let start = row;
  while (start > 0 && time[start - 1] === time[row]) start -= 1;
  return start;
}
