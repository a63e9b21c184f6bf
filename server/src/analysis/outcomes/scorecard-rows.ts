import {
  type DataKind,
  SCORECARD_DIMENSIONS,
  type ScorecardDimension,
  type SignalOrigin,
  type SignalOutcomeKind,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import { GrowingColumn } from './growing-column.ts';
import { NumberedTexts } from './numbered-texts.ts';

/** What a scorecard reads of a signal. Times are epoch ms UTC. */
export interface ScorecardRow {
  readonly origin: SignalOrigin;
  readonly exchange: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly candleCloseTime: number;
  readonly signalType: string;
  readonly direction: 'long' | 'short' | 'none';
  readonly mode: string | null;
  readonly regime: string | null;
  readonly score: number;
  readonly horizonCandles: number;
  readonly dataKind: DataKind;
  readonly probabilityUp: number | null;
  /** `null` while it is pending. */
  readonly outcome: SignalOutcomeKind | null;
  readonly forwardReturnPct: number | null;
  readonly netReturnPct: number | null;
  readonly predictionLabel: 0 | 1 | null;
}

/** Key of signals without a mode, or without a regime. */
export const NO_KEY = 'none';

/** Outcomes as numbers: those up to `timeout` are of trades, those up to `none` are settled. */
export const OUTCOME = { target: 0, stop: 1, timeout: 2, none: 3, unknown: 4, pending: 5 } as const;

const DAY_MS = 86_400_000;
const float = (length: number) => new Float64Array(length);
const code = (length: number) => new Uint32Array(length);
const small = (length: number) => new Int8Array(length);

/** Signals as columns, filled row by row: some 100 bytes each. Missing numbers are NaN. */
export class ScorecardRows {
  readonly dataKinds = new Set<DataKind>();
  readonly #closeTime = new GrowingColumn(float);
  readonly #endTime = new GrowingColumn(float);
  readonly #score = new GrowingColumn(float);
  readonly #forward = new GrowingColumn(float);
  readonly #net = new GrowingColumn(float);
  readonly #probability = new GrowingColumn(float);
  readonly #outcome = new GrowingColumn(small);
  readonly #side = new GrowingColumn(small);
  readonly #label = new GrowingColumn(small);
  readonly #series = new GrowingColumn(code);
  readonly #seriesNames = new NumberedTexts();
  readonly #keys = SCORECARD_DIMENSIONS.map(() => new GrowingColumn(code));
  readonly #keyNames = SCORECARD_DIMENSIONS.map(() => new NumberedTexts());
  readonly #months = new Map<number, string>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(row: ScorecardRow): void {
    const { exchange, symbol, timeframe, candleCloseTime } = row;
    this.#length += 1;
    this.dataKinds.add(row.dataKind);
    this.#closeTime.push(candleCloseTime);
    this.#endTime.push(candleCloseTime + row.horizonCandles * timeframeMs(timeframe));
    this.#score.push(row.score);
    this.#forward.push(row.forwardReturnPct ?? Number.NaN);
    this.#net.push(row.netReturnPct ?? Number.NaN);
    this.#probability.push(row.probabilityUp ?? Number.NaN);
    this.#outcome.push(OUTCOME[row.outcome ?? 'pending']);
    this.#side.push(row.direction === 'none' ? 0 : row.direction === 'long' ? 1 : -1);
    this.#label.push(row.predictionLabel ?? -1);
    this.#series.push(this.#seriesNames.numberOf(`${exchange} ${symbol} ${timeframe}`));
    SCORECARD_DIMENSIONS.forEach((dimension, index) => {
      const number = this.#keyNames[index]?.numberOf(this.#keyOf(row, dimension));
      this.#keys[index]?.push(number ?? 0);
    });
  }

  /** Everything that was added so far. */
  columns() {
    return {
      length: this.#length,
      closeTime: this.#closeTime.view(),
      /** When the horizon is over, by the clock. */
      endTime: this.#endTime.view(),
      score: this.#score.view(),
      forward: this.#forward.view(),
      net: this.#net.view(),
      probability: this.#probability.view(),
      /** Numbers of {@link OUTCOME}. */
      outcome: this.#outcome.view(),
      /** 1 long, −1 short, 0 none. */
      side: this.#side.view(),
      /** 1 up, 0 not, −1 not known. */
      label: this.#label.view(),
      /** Which exchange, symbol and timeframe. */
      series: this.#series.view(),
      seriesCount: this.#seriesNames.size,
    };
  }

  /** Which group of a dimension each row is in, and what the groups are called. */
  groupsOf(dimension: ScorecardDimension): {
    readonly groupOf: Uint32Array;
    readonly keys: readonly string[];
  } {
    const index = SCORECARD_DIMENSIONS.indexOf(dimension);
    return {
      groupOf: this.#keys[index]?.view() ?? new Uint32Array(0),
      keys: this.#keyNames[index]?.texts ?? [],
    };
  }

  #keyOf(row: ScorecardRow, dimension: ScorecardDimension): string {
    if (dimension === 'type') return row.signalType;
    if (dimension === 'period') return this.#monthOf(row.candleCloseTime);
    return row[dimension] ?? NO_KEY;
  }

  #monthOf(time: number): string {
    const day = Math.floor(time / DAY_MS);
    const known = this.#months.get(day);
    if (known !== undefined) return known;
    const month = new Date(time).toISOString().slice(0, 7);
    this.#months.set(day, month);
    return month;
  }
}

export type ScorecardColumns = ReturnType<ScorecardRows['columns']>;
