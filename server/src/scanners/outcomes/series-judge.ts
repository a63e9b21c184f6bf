import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type CandleColumns,
  type Clock,
  type ErrorCode,
  type ScannerError,
  toIsoTime,
} from '@fast-scanner/shared';
import type { JudgedOutcome } from '../../analysis/outcomes/judged-signal.ts';
import { labelOutcome, unknownOutcome } from '../../analysis/outcomes/label-outcome.ts';
import { isOverdue } from '../../analysis/outcomes/outcome-patience.ts';
import type { TradeCosts } from '../../analysis/outcomes/trade-costs.ts';
import type { DueSignal, SignalArchive } from '../../store/signal-record.ts';
import type { SettledSignal } from '../../store/store.ts';
import type { DueSeries } from './due-series.ts';

export interface SeriesJudgeOptions {
  readonly archive: Pick<SignalArchive, 'readArchivedCandles'>;
  readonly costs: TradeCosts;
  /** Says when an outcome was found. */
  readonly clock: Clock;
}

export interface Judgement {
  readonly settled: readonly SettledSignal[];
  /** Signals that candles are still waited for. */
  readonly pending: number;
}

/** Signals judged in one turn of the event loop: some ms. */
const SIGNALS_PER_TURN = 500;

/** Another try would come to the same. */
const FOR_GOOD: readonly ErrorCode[] = ['symbol_unknown', 'delisted', 'not_supported'];

/** Judges the due signals of a series by its candles. */
export class SeriesJudge {
  readonly #options: SeriesJudgeOptions;

  constructor(options: SeriesJudgeOptions) {
    this.#options = options;
  }

  /** By candles of their source, all of which were closed at `now`, the source's time. */
  async judge(series: DueSeries, candles: CandleColumns, now: number): Promise<Judgement> {
    const { costs } = this.#options;
    const settled: SettledSignal[] = [];
    for (const [index, signal] of series.signals.entries()) {
      const outcome = labelOutcome(signal, candles, { costs, isFinal: isOverdue(signal, now) });
      if (outcome) settled.push(this.#settle(signal, outcome));
      if (index % SIGNALS_PER_TURN === SIGNALS_PER_TURN - 1) await nextTurn();
    }
    return { settled, pending: series.signals.length - settled.length };
  }

  /**
   * Without their source, which failed: what cannot be read any more, or was not for a month, is judged by the candles that were kept,
   * and is unknown where these do not decide it. A symbol that crashed and was delisted is so counted with its loss.
   */
  async judgeWithout(series: DueSeries, error: ScannerError, now: number): Promise<Judgement> {
    const isHopeless = FOR_GOOD.includes(error.code);
    const given = series.signals.filter((signal) => isHopeless || isOverdue(signal, now));
    const pending = series.signals.length - given.length;
    if (given.length === 0) return { settled: [], pending };
    const { archive, costs } = this.#options;
    const candles = await archive.readArchivedCandles(series, series.from, series.to);
    const settled = given.map((signal) => {
      const outcome = labelOutcome(signal, candles, { costs, isFinal: true });
      const isKnown = outcome !== null && outcome.outcome !== 'unknown';
      const unknown = unknownOutcome(error.message, outcome?.predictionLabel ?? null);
      return this.#settle(signal, isKnown ? outcome : unknown);
    });
    return { settled, pending };
  }

  #settle({ id }: DueSignal, outcome: JudgedOutcome): SettledSignal {
    return { id, outcome: { ...outcome, settledAt: toIsoTime(this.#options.clock.now()) } };
  }
}
