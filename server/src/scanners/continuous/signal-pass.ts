import { setImmediate } from 'node:timers/promises';
import {
  type Clock,
  type ContinuousConfig,
  type ContinuousSignal,
  sleep,
  sliceSeries,
  timeframeMs,
  toIsoTime,
} from '@fast-scanner/shared';
import { computeSymbolSignal } from '../../analysis/continuous/symbol-signal.ts';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { SignalRecord } from '../../store/signal-record.ts';
import type { CandleKeeper } from '../common/candle-keeper.ts';
import { toContinuousSignalRecord } from './continuous-signal-record.ts';
import type { ContinuousTopic } from './continuous-topic.ts';
import { findUntold } from './find-untold.ts';
import type { FollowedExchange } from './followed-exchange.ts';
import type { FollowedSeries } from './followed-series.ts';
import { readDueSeries } from './read-due-series.ts';
import type { SignalBook, SignalIdentity } from './signal-book.ts';
import type { ToldCandles } from './told-candles.ts';
import type { TrainingCollector } from './training-collector.ts';

export interface SignalPassOptions {
  readonly exchange: FollowedExchange;
  readonly config: ContinuousConfig;
  readonly clock: Clock;
  readonly queue: WorkQueue;
  readonly keeper: Pick<CandleKeeper, 'keep'>;
  readonly topic: ContinuousTopic;
  readonly book: SignalBook;
  readonly told: ToldCandles;
  readonly collector: TrainingCollector;
  /** Hears of the failure of a part, which stops no other. */
  readonly onFailure: (error: unknown) => void;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** A signal, the series it is of and what is kept of it for its outcome. */
interface Found {
  readonly one: FollowedSeries;
  readonly signal: ContinuousSignal;
  readonly record: SignalRecord | null;
}

/** While series are read, what was found is told so often. */
const TELL_EVERY_MS = 1_000;
/** Signals of one commit: each holds the event loop for a moment. */
const SIGNALS_AT_ONCE = 100;
/** Signals computed in one turn of the event loop. */
const SIGNALS_PER_TURN = 8;

/**
 * Looks at every series of one exchange in which a candle may have closed, and tells one signal for each closed candle that was not told
 * yet. What could not be told stays to be told by the next pass.
 */
export class SignalPass {
  readonly #options: SignalPassOptions;

  constructor(options: SignalPassOptions) {
    this.#options = options;
  }

  /** @throws ScannerError when what was found cannot be told; the signal's reason */
  async run(signal: AbortSignal): Promise<void> {
    const { exchange, collector, onFailure } = this.#options;
    const waiting = exchange.series.filter((one) => one.isDue || this.#isUntold(one));
    const reading = readDueSeries(this.#options, signal);
    try {
      while (!(await this.#endsSoon(reading))) await this.#tellUntold(waiting, signal);
    } finally {
      await reading.catch(() => undefined);
    }
    const { updated, failures } = await reading;
    for (const failure of failures) onFailure(failure);
    await this.#tellUntold(waiting, signal);
    await collector.addCandles(updated, signal);
  }

  /** What is read is told while the rest, or one that hangs, is still waited for. */
  async #endsSoon(reading: Promise<unknown>): Promise<boolean> {
    const enough = new AbortController();
    const pause = sleep(this.#options.clock, TELL_EVERY_MS, enough.signal).then(() => false);
    return Promise.race([reading.then(() => true), pause]).finally(() => enough.abort());
  }

  async #tellUntold(waiting: readonly FollowedSeries[], signal: AbortSignal): Promise<void> {
    await this.#tell(await this.#judge(waiting, signal));
  }

  /** Everything that was not told yet, oldest first within a series. */
  async #judge(some: readonly FollowedSeries[], signal: AbortSignal): Promise<readonly Found[]> {
    const found: Found[] = [];
    for (const one of some) {
      const ends = one.series ? findUntold(one.series, this.#toldTo(one)) : [];
      for (const end of ends) {
        const ofCandle = this.#compute(one, end);
        if (ofCandle) found.push({ one, signal: ofCandle, record: this.#toRecord(one, end, ofCandle) });
        if (found.length % SIGNALS_PER_TURN === 0) await setImmediate();
        signal.throwIfAborted();
      }
      if (ends.length === 0) this.#recall(one);
    }
    return found;
  }

  /** Signals are told with the note that they are, so that a crash in between repeats none and loses none. */
  async #tell(found: readonly Found[]): Promise<void> {
    const { collector, topic, told, book } = this.#options;
    for (let at = 0; at < found.length; at += SIGNALS_AT_ONCE) {
      const some = found.slice(at, at + SIGNALS_AT_ONCE);
      const signals = some.map(({ signal }) => signal);
      await collector.addSignals(signals);
      const events = signals.map((payload) => ({ type: 'continuousSignal', payload }) as const);
      const putSignals = some.flatMap(({ record }) => record ?? []);
      await topic.tell(events, { putSettings: told.settingsWith(signals), putSignals });
      told.note(signals);
      for (const { one, signal } of some) {
        book.add(signal);
        collector.noteTold(one, signal);
      }
    }
  }

  /** What an earlier process has told so long ago that it was not read back. */
  #recall(one: FollowedSeries): void {
    const { book } = this.#options;
    const isSkipped = one.closeTime === null || (one.judgedTo ?? 0) >= one.closeTime;
    if (isSkipped || book.newest(this.#identify(one))) return;
    const signal = this.#compute(one, one.series?.length ?? 0);
    if (signal) book.recall(signal);
  }

  /** `null`, told as a failure, when nothing can be said of the candle. */
  #compute(one: FollowedSeries, end: number): ContinuousSignal | null {
    const { config, clock, onFailure } = this.#options;
    const { symbol, exchange, style } = this.#identify(one);
    if (!one.series) return null;
    const candles = sliceSeries(one.series, 0, end);
    try {
      const found = computeSymbolSignal(candles, { style, config });
      return { symbol, exchange, timestamp: toIsoTime(clock.now()), ...found };
    } catch (error) {
      onFailure(error);
      one.skipTo((candles.openTime.at(-1) ?? 0) + timeframeMs(candles.timeframe));
      return null;
    }
  }

  #toRecord(one: FollowedSeries, end: number, signal: ContinuousSignal): SignalRecord | null {
    const { config, clock, keeper } = this.#options;
    if (!one.series) return null;
    const { dataSource } = one.identity.feed;
    const candles = sliceSeries(one.series, 0, end);
    keeper.keep(dataSource.exchange, candles);
    return toContinuousSignalRecord({ signal, candles, dataSource, config }, clock.now());
  }

  #isUntold(one: FollowedSeries): boolean {
    return one.closeTime !== null && one.closeTime > (this.#toldTo(one) ?? 0);
  }

  /** Close time of the newest candle that nothing is left to be told of; `null` before the first. */
  #toldTo(one: FollowedSeries): number | null {
    const told = this.#options.told.toldTo(this.#identify(one));
    return told === null && one.judgedTo === null ? null : Math.max(told ?? 0, one.judgedTo ?? 0);
  }

  #identify({ identity: { symbol, style, timeframe } }: FollowedSeries): SignalIdentity {
    return { exchange: this.#options.exchange.id, symbol, style, timeframe };
  }
}
