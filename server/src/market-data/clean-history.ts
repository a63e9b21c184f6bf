import {
  allocateColumns,
  type CandleColumns,
  candleOpenTime,
  ScannerError,
  sliceColumns,
  timeframeMs,
} from '@fast-scanner/shared';
import type { CandleHistory, HistoryRequest, RejectedRow, RejectionReason } from './candle-history.ts';
import { findFlaw } from './candle-quality.ts';
import { isSameCandle, isSoundCandle, rowAt } from './candle-row.ts';
import { findHistoryGaps } from './find-history-gaps.ts';
import { toSharedColumns } from './shared-columns.ts';

export interface CleanHistoryOptions extends HistoryRequest {
  /** A candle is closed when `openTime + timeframe ≤ nowMs`, on the source's clock. */
  readonly nowMs: number;
}

const FIELDS = ['openTime', 'open', 'high', 'low', 'close', 'volume'] as const;
const PRICES = ['open', 'high', 'low', 'close'] as const;

/**
 * The closed, sound candles of a range, in order, with a report on the others. Rows outside the range or not closed are passed over;
 * of sound rows with the same open time the later one wins. Nothing is filled. The input is never changed; an answer that is clean already
 * is not copied when its memory is shared.
 *
 * @throws ScannerError `bad_data` when more than 2 % of the range's rows are rejected
 */
export function cleanHistory(
  columns: CandleColumns,
  options: CleanHistoryOptions,
): Omit<CandleHistory, 'dataSource'> {
  const { kept, rejections } = selectRows(columns, options);
  const rows = kept.length + rejections.length;
  const flaw = findFlaw({ rejected: rejections.length, rows, filled: 0, length: kept.length });
  if (flaw) throw new ScannerError('bad_data', flaw);
  const candles = gather(columns, kept);
  const gaps = findHistoryGaps(candles.openTime, options);
  const missing = gaps?.reduce((sum, gap) => sum + gap.candles, 0) ?? null;
  return { candles, quality: { rows, rejected: rejections.length, rejections, missing, gaps: gaps ?? [] } };
}

interface SelectedRows {
  /** Positions of the sound rows, in order of time, one for each. */
  readonly kept: readonly number[];
  readonly rejections: readonly RejectedRow[];
}

function selectRows(columns: CandleColumns, options: CleanHistoryOptions): SelectedRows {
  const latest = Math.min(options.to - 1, options.nowMs - timeframeMs(options.timeframe));
  const sound: number[] = [];
  const rejections: RejectedRow[] = [];
  for (let index = 0; index < columns.openTime.length; index += 1) {
    const openTime = columns.openTime[index] ?? Number.NaN;
    if (openTime < options.from || openTime > latest) continue;
    const reason = rejectionOf(columns, index, options);
    if (reason === null) sound.push(index);
    else rejections.push({ openTime: Number.isFinite(openTime) ? openTime : null, reason });
  }
  const { kept, contradicted } = inOrder(columns, sound);
  const doubled = contradicted.map((openTime) => ({ openTime, reason: 'contradicted' as const }));
  return { kept, rejections: [...rejections, ...doubled].sort(byTime) };
}

function rejectionOf(
  columns: CandleColumns,
  index: number,
  { timeframe }: HistoryRequest,
): RejectionReason | null {
  const openTime = columns.openTime[index] ?? Number.NaN;
  if (!(openTime > 0) || candleOpenTime(openTime, timeframe) !== openTime) return 'bad_time';
  if (isSoundCandle(columns, index)) return null;
  const prices = PRICES.map((field) => columns[field][index] ?? Number.NaN);
  const volume = columns.volume[index] ?? Number.NaN;
  if ([...prices, volume].some(Number.isNaN)) return 'missing_value';
  if (prices.some((price) => price <= 0 || price === Number.POSITIVE_INFINITY)) return 'bad_price';
  return volume < 0 || volume === Number.POSITIVE_INFINITY ? 'bad_volume' : 'high_low';
}

/** Sound rows sorted and made unique. Exact repetitions are harmless and not told. */
function inOrder(columns: CandleColumns, sound: readonly number[]) {
  const timeOf = (index: number) => columns.openTime[index] ?? Number.NaN;
  const isOrdered = sound.every(
    (index, position) => position === 0 || timeOf(index) > timeOf(sound[position - 1] ?? 0),
  );
  if (isOrdered) return { kept: sound, contradicted: [] };
  const byOpenTime = new Map<number, number>();
  const contradicted: number[] = [];
  for (const index of sound) {
    const time = timeOf(index);
    const earlier = byOpenTime.get(time);
    if (earlier !== undefined && !isSameCandle(rowAt(columns, earlier), rowAt(columns, index))) {
      contradicted.push(time);
    }
    byOpenTime.set(time, index);
  }
  const kept = [...byOpenTime.values()].sort((left, right) => timeOf(left) - timeOf(right));
  return { kept, contradicted };
}

function byTime(left: RejectedRow, right: RejectedRow): number {
  return (left.openTime ?? Number.POSITIVE_INFINITY) - (right.openTime ?? Number.POSITIVE_INFINITY);
}

/** The rows at the given positions: a view where they follow each other, else a copy. */
function gather(columns: CandleColumns, kept: readonly number[]): CandleColumns {
  const first = kept[0] ?? 0;
  const isRun = kept.every((index, position) => index === first + position);
  if (isRun) return toSharedColumns(sliceColumns(columns, first, first + kept.length));
  const gathered = allocateColumns(kept.length, true);
  for (const field of FIELDS) {
    kept.forEach((index, position) => {
      gathered[field][position] = columns[field][index] ?? Number.NaN;
    });
  }
  return gathered;
}
