import { type Clock, ScannerError, SIGNAL_OUTCOMES, type SignalOutcomeKind } from '@fast-scanner/shared';
import { DEFAULT_COSTS, type TradeCosts } from '../../analysis/outcomes/trade-costs.ts';
import { PeriodicTask } from '../../jobs/periodic-task.ts';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import type { SettledSignal, Store } from '../../store/store.ts';
import { ExchangeLabeller } from './exchange-labeller.ts';
import { SeriesJudge } from './series-judge.ts';

export interface OutcomeLabellerOptions {
  readonly store: Store;
  readonly feeds: MarketFeeds;
  readonly clock: Clock;
  readonly queue: WorkQueue;
  /** What a trade costs. Default: as in backtests. */
  readonly costs?: TradeCosts;
  /** Hears how far a long round is. */
  readonly onNote: (text: string, details: Readonly<Record<string, unknown>>) => void;
  readonly onBug: (error: unknown) => void;
}

const ROUND_MS = 30_000;
/** Outcomes of one round after each of which it says how far it is. */
const NOTE_EVERY = 1_000;

/**
 * Follows every kept signal to its outcome. All it knows is in the store, so that it goes on after a restart, and after a downtime with
 * whatever became due meanwhile. Candles that are not closed by their exchange's time are never looked at.
 */
export class OutcomeLabeller {
  readonly #options: OutcomeLabellerOptions;
  readonly #exchanges: readonly ExchangeLabeller[];
  readonly #task: PeriodicTask;
  readonly #stopping = new AbortController();
  readonly #counts = Object.fromEntries(SIGNAL_OUTCOMES.map((kind) => [kind, 0])) as Record<
    SignalOutcomeKind,
    number
  >; // a count of every kind
  #settledInRound = 0;

  constructor(options: OutcomeLabellerOptions) {
    this.#options = options;
    const { store, feeds, clock, queue, costs = DEFAULT_COSTS, onBug } = options;
    const judge = new SeriesJudge({ archive: store, costs, clock });
    const onSettled = (settled: readonly SettledSignal[]) => this.#count(settled);
    this.#exchanges = feeds.exchangeIds.map(
      (exchange) => new ExchangeLabeller({ exchange, store, feeds, clock, queue, judge, onSettled }),
    );
    this.#task = new PeriodicTask({ clock, intervalMs: ROUND_MS, work: () => this.label(), onError: onBug });
  }

  /** Outcomes that this process has found. */
  get counts(): Readonly<Record<SignalOutcomeKind, number>> {
    return this.#counts;
  }

  start(): void {
    this.#task.start();
  }

  /** Idempotent. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#task.stop();
  }

  /** One round: settles everything that can be settled now, the exchanges beside each other. */
  async label(): Promise<void> {
    this.#settledInRound = 0;
    await Promise.all(this.#exchanges.map((exchange) => this.#labelExchange(exchange)));
    if (this.#settledInRound >= NOTE_EVERY)
      this.#note('found the outcomes of all signals that can be judged');
  }

  /** A store that cannot write says so itself; the next round tries again. */
  async #labelExchange(exchange: ExchangeLabeller): Promise<void> {
    const { signal } = this.#stopping;
    try {
      await exchange.label(signal);
    } catch (error) {
      if (signal.aborted || error instanceof ScannerError) return;
      this.#options.onBug(error);
    }
  }

  #count(settled: readonly SettledSignal[]): void {
    for (const { outcome } of settled) this.#counts[outcome.outcome] += 1;
    const before = this.#settledInRound;
    this.#settledInRound += settled.length;
    const isStep = Math.floor(before / NOTE_EVERY) < Math.floor(this.#settledInRound / NOTE_EVERY);
    if (isStep) this.#note('finding the outcomes of signals that became due');
  }

  #note(text: string): void {
    this.#options.onNote(text, { signals: this.#settledInRound });
  }
}
