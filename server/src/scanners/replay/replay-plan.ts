import {
  candleOpenTime,
  parseSymbol,
  ScannerError,
  type Timeframe,
  timeframeMs,
  toIsoTime,
} from '@fast-scanner/shared';
import type { ProbedFile } from '../../market-data/files/recorded-markets.ts';

/** What to replay. Times are epoch ms UTC. */
export interface ReplayRequest {
  /** `null`: every recorded symbol that has candles of the timeframe, but no stocks, as a scan that names none. */
  readonly symbols: readonly string[] | null;
  readonly timeframe: Timeframe;
  /** From one scan to the next: a whole number of candles of the timeframe. */
  readonly stepMs: number;
  /** Scans at or after this; `null`: where the recordings begin. */
  readonly from: number | null;
  /** Scans before this; `null`: up to where the recordings end. */
  readonly to: number | null;
  /** From one prediction model to the next, each learned from what was known then; `null`: nothing is predicted. */
  readonly retrainMs: number | null;
}

/** What is recorded in all. */
export interface RecordedData {
  /** Every symbol, in the order of the exchange. */
  readonly symbols: readonly string[];
  readonly files: readonly ProbedFile[];
  /** Where the clock of the recordings stands: nothing later is looked at. */
  readonly endOfData: number;
}

/** The moments of one symbol. */
export interface PlannedSymbol {
  readonly symbol: string;
  /** The first one at which it has a closed candle. */
  readonly firstAt: number;
  readonly steps: number;
  /** Moments before its first recorded candle closed, at which nobody could have scanned it. */
  readonly unlisted: number;
}

export interface ReplayPlan {
  readonly symbols: readonly PlannedSymbol[];
  readonly timeframe: Timeframe;
  readonly stepMs: number;
  readonly from: number;
  readonly to: number;
  readonly endOfData: number;
  readonly retrainMs: number | null;
}

/** @throws ScannerError `invalid_input` for a step or a time that cannot be, `no_data` when nothing is recorded for it */
export function planReplay(request: ReplayRequest, data: RecordedData): ReplayPlan {
  const { timeframe, stepMs, retrainMs } = request;
  const span = timeframeMs(timeframe);
  if (!(stepMs >= span && stepMs % span === 0)) {
    throw new ScannerError(
      'invalid_input',
      `step: must be a whole number of ${timeframe} candles; within a candle a scan says the same again`,
    );
  }
  const symbols = [...new Set(request.symbols ?? defaultSymbols(data, timeframe))];
  const usable = filesFor(data.files, timeframe).filter(({ symbol }) => symbols.includes(symbol));
  const begin = usable.reduce((earliest, file) => Math.min(earliest, file.firstOpenTime), data.endOfData);
  const from = request.from ?? begin + span;
  const to = request.to ?? data.endOfData + 1;
  assertRange(from, to, data.endOfData);
  const grid = {
    firstAt: candleOpenTime(from - 1, timeframe) + span,
    to: Math.min(to, data.endOfData + 1),
    stepMs,
  };
  const planned = symbols.map((symbol) => planSymbol(symbol, usable, { ...grid, span }));
  return { symbols: planned, timeframe, stepMs, from, to, endOfData: data.endOfData, retrainMs };
}

/** The recordings that a timeframe is, or can be made of. */
function filesFor(files: readonly ProbedFile[], timeframe: Timeframe): readonly ProbedFile[] {
  return files.filter((file) => timeframeMs(timeframe) % timeframeMs(file.timeframe) === 0);
}

function defaultSymbols({ symbols, files }: RecordedData, timeframe: Timeframe): readonly string[] {
  const known = new Set(filesFor(files, timeframe).map(({ symbol }) => symbol));
  const chosen = symbols.filter((symbol) => known.has(symbol) && parseSymbol(symbol)?.kind !== 'stock');
  if (chosen.length > 0) return chosen;
  throw new ScannerError('no_data', `no symbol has recorded candles for ${timeframe}; stocks must be named`);
}

function assertRange(from: number, to: number, endOfData: number): void {
  if (from < to && from <= endOfData) return;
  const detail =
    from > endOfData
      ? `from: the recorded candles end at ${toIsoTime(endOfData)}`
      : `from: must be before ${toIsoTime(to)}`;
  throw new ScannerError('invalid_input', detail);
}

interface MomentGrid {
  readonly firstAt: number;
  readonly to: number;
  readonly stepMs: number;
  /** Length of a candle. */
  readonly span: number;
}

function planSymbol(symbol: string, files: readonly ProbedFile[], grid: MomentGrid): PlannedSymbol {
  const { firstAt, to, stepMs, span } = grid;
  const total = Math.max(0, Math.ceil((to - firstAt) / stepMs));
  const opens = files.filter((file) => file.symbol === symbol).map(({ firstOpenTime }) => firstOpenTime);
  const listedAt = opens.length > 0 ? Math.min(...opens) + span : firstAt;
  const unlisted = Math.min(total, Math.max(0, Math.ceil((listedAt - firstAt) / stepMs)));
  return { symbol, firstAt: firstAt + unlisted * stepMs, steps: total - unlisted, unlisted };
}
