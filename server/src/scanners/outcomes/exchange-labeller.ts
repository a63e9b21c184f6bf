import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, ScannerError } from '@fast-scanner/shared';
import { OUTCOME_PATIENCE_MS } from '../../analysis/outcomes/outcome-patience.ts';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import { withDeadline } from '../../market-data/deadline.ts';
import type { MarketFeed, MarketFeeds } from '../../market-data/market-feed.ts';
import type { DueSignal } from '../../store/signal-record.ts';
import type { SettledSignal, Store } from '../../store/store.ts';
import { isOfExchange } from '../common/is-of-exchange.ts';
import { type DueSeries, groupDueSignals, keyOf } from './due-series.ts';
import { RetryBook } from './retry-book.ts';
import type { Judgement, SeriesJudge } from './series-judge.ts';

export interface ExchangeLabellerOptions {
  readonly exchange: string;
  readonly store: Store;
  readonly feeds: MarketFeeds;
  readonly clock: Clock;
  /** Reads wait in it behind all scans. */
  readonly queue: WorkQueue;
  readonly judge: SeriesJudge;
  /** Hears of outcomes once they are on disk. */
  readonly onSettled: (settled: readonly SettledSignal[]) => void;
}

/** Recorded data have a clock that may stand anywhere; of all others nothing is due before it is by ours. */
const RECORDED = 'files';
const PAGE = 500;
/** Signals that are held at once. */
const BATCH = 10_000;
/** Outcomes in one commit. */
const COMMIT_ROWS = 100;
const READ_DEADLINE_MS = 60_000;
/** A live exchange's newest candle is complete only so long after its close. */
const SETTLING_MS = 5_000;
/** Failures of the exchange in a row after which it is left alone for a while. */
const MOST_FAILURES = 3;

/** Finds the outcomes of one exchange's signals. What cannot be read is tried again later and stands in nobody's way. */
export class ExchangeLabeller {
  readonly #options: ExchangeLabellerOptions;
  readonly #series: RetryBook;
  readonly #exchange: RetryBook;

  constructor(options: ExchangeLabellerOptions) {
    this.#options = options;
    this.#series = new RetryBook(options.clock);
    this.#exchange = new RetryBook(options.clock);
  }

  /** Settles what is due. @throws ScannerError `disk_full`, `unavailable` of the store; the signal's reason */
  async label(signal: AbortSignal): Promise<void> {
    const { exchange, feeds, clock } = this.#options;
    if (this.#exchange.isWaiting(exchange) || !(await this.#mayBeDue())) return;
    const feed = await feeds.get(exchange).catch(toFailure);
    signal.throwIfAborted();
    const error = feed instanceof ScannerError ? feed : await this.#labelBy(feed, signal);
    if (error === null) {
      this.#exchange.noteSuccess(exchange);
      return;
    }
    this.#exchange.noteFailure(exchange);
    if (exchange !== RECORDED) await this.#giveUpOverdue(error, clock.now());
  }

  async #mayBeDue(): Promise<boolean> {
    const { exchange, store, clock } = this.#options;
    const [oldest] = await store.listDueSignals({ exchange, dueBefore: Number.MAX_SAFE_INTEGER, limit: 1 });
    return oldest !== undefined && (exchange === RECORDED || oldest.dueAt <= clock.now());
  }

  /** Answers why the exchange cannot be read; `null` when everything was looked at. */
  async #labelBy(feed: MarketFeed, signal: AbortSignal): Promise<ScannerError | null> {
    const now = feed.now() - (feed.dataSource.kind === 'live' ? SETTLING_MS : 0);
    let failures = 0;
    for await (const series of this.#dueSeries(now)) {
      signal.throwIfAborted();
      if (this.#series.isWaiting(keyOf(series))) continue;
      const error = await this.#labelSeries(series, { feed, now, signal });
      failures = error === null ? 0 : failures + 1;
      if (failures === MOST_FAILURES) return error;
    }
    return null;
  }

  /** Answers the exchange's failure; a series that fails by itself is no reason to think ill of the others. */
  async #labelSeries(
    series: DueSeries,
    { feed, now, signal }: { readonly feed: MarketFeed; readonly now: number; readonly signal: AbortSignal },
  ): Promise<ScannerError | null> {
    const { judge } = this.#options;
    const candles = await this.#read(feed, series, signal).catch(toFailure);
    signal.throwIfAborted();
    const failed = candles instanceof ScannerError ? candles : null;
    const judgement =
      candles instanceof ScannerError
        ? await judge.judgeWithout(series, candles, now)
        : await judge.judge(series, candles, now);
    await this.#keep(judgement.settled);
    this.#noteResult(series, judgement);
    return failed && (isOfExchange(failed) || failed.code === 'unavailable') ? failed : null;
  }

  async #read(feed: MarketFeed, { symbol, timeframe, from, to }: DueSeries, signal: AbortSignal) {
    const { clock, queue } = this.#options;
    const request = { symbol, timeframe, from, to: Math.min(to, feed.now()) };
    const read = (deadline: AbortSignal) => feed.history(request, { signal: deadline });
    const work = () => withDeadline({ clock, signal, deadlineMs: READ_DEADLINE_MS }, read);
    return (await queue.run(work, { priority: 'background', owner: 'outcomes', signal })).candles;
  }

  #noteResult(series: DueSeries, { pending }: Judgement): void {
    if (pending === 0) this.#series.noteSuccess(keyOf(series));
    else this.#series.noteFailure(keyOf(series));
  }

  async #giveUpOverdue(error: ScannerError, now: number): Promise<void> {
    for await (const series of this.#dueSeries(now - OUTCOME_PATIENCE_MS)) {
      await this.#keep((await this.#options.judge.judgeWithout(series, error, now)).settled);
    }
  }

  async #keep(settled: readonly SettledSignal[]): Promise<void> {
    const { store, onSettled } = this.#options;
    for (let from = 0; from < settled.length; from += COMMIT_ROWS) {
      const some = settled.slice(from, from + COMMIT_ROWS);
      await store.commit({ settleSignals: some });
      onSettled(some);
      await nextTurn();
    }
  }

  async *#dueSeries(dueBefore: number): AsyncGenerator<DueSeries> {
    let after: DueSignal | undefined;
    for (;;) {
      const batch = await this.#dueSignals(dueBefore, after);
      yield* groupDueSignals(batch);
      after = batch.at(-1);
      if (batch.length < BATCH) return;
    }
  }

  async #dueSignals(dueBefore: number, start: DueSignal | undefined): Promise<readonly DueSignal[]> {
    const { exchange, store } = this.#options;
    const signals: DueSignal[] = [];
    let after = start;
    while (signals.length < BATCH) {
      const query = { exchange, dueBefore, limit: PAGE, ...(after ? { after } : {}) };
      const page = await store.listDueSignals(query);
      signals.push(...page);
      if (page.length < PAGE) break;
      after = page.at(-1);
      await nextTurn();
    }
    return signals;
  }
}

/** Expected failures are values here; anything else is thrown on. */
function toFailure(error: unknown): ScannerError {
  if (error instanceof ScannerError) return error;
  throw error;
}
