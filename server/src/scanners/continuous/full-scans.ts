import { type Clock, ScannerError, sleep, type Timeframe } from '@fast-scanner/shared';
import type { FullScan } from './continuous-ports.ts';
import type { FollowedExchange } from './followed-exchange.ts';

export interface FullScansOptions {
  readonly exchanges: readonly FollowedExchange[];
  readonly timeframe: Timeframe;
  readonly fullScan: FullScan;
  readonly clock: Clock;
  /** How long a run waits for its scans; one that takes longer goes on by itself. */
  readonly patienceMs: number;
  /** Hears of scans that failed while others did not, or after their run. */
  readonly onFailure: (error: unknown) => void;
}

/** Scans each exchange as a whole once a candle has closed there since its last scan: before that nothing new can be seen. */
export class FullScans {
  readonly #options: FullScansOptions;
  /** Open time of the newest candle at the last scan. */
  readonly #scannedAt = new Map<FollowedExchange, number>();
  readonly #underWay = new Set<FollowedExchange>();
  /** Whose last scan failed. */
  readonly #failing = new Set<FollowedExchange>();

  constructor(options: FullScansOptions) {
    this.#options = options;
  }

  /** @throws the failure of a scan when no exchange can be scanned; the signal's reason */
  async run(signal: AbortSignal): Promise<void> {
    const { exchanges, clock, patienceMs, onFailure } = this.#options;
    const due = exchanges.filter((exchange) => this.#isDue(exchange));
    if (due.length === 0) return;
    const enough = new AbortController();
    const patience = sleep(clock, patienceMs, AbortSignal.any([signal, enough.signal])).then(() => null);
    const outcomes = await Promise.race([
      Promise.all(due.map((exchange) => this.#scan(exchange, enough.signal))),
      patience,
    ]).finally(() => enough.abort());
    const failures = outcomes?.filter((failure) => failure !== null) ?? [];
    if (failures.length > 0 && this.#failing.size === exchanges.length) throw failures[0];
    for (const failure of failures) onFailure(failure);
  }

  #isDue(exchange: FollowedExchange): boolean {
    if (this.#underWay.has(exchange)) return false;
    return this.#newest(exchange) > (this.#scannedAt.get(exchange) ?? 0);
  }

  /** Open time of the newest candle; 0 before one was read. */
  #newest({ series }: FollowedExchange): number {
    const { timeframe } = this.#options;
    const ofTimeframe = series.filter(({ identity }) => identity.timeframe === timeframe);
    return ofTimeframe.reduce((newest, one) => Math.max(newest, one.series?.openTime.at(-1) ?? 0), 0);
  }

  /** Answers why it failed, if it did while somebody waited for it. */
  async #scan(exchange: FollowedExchange, isLate: AbortSignal): Promise<unknown> {
    const { timeframe, fullScan, onFailure } = this.#options;
    const newest = this.#newest(exchange);
    this.#underWay.add(exchange);
    try {
      await fullScan({ exchange: exchange.id, symbols: exchange.names, timeframe });
      this.#scannedAt.set(exchange, newest);
      this.#failing.delete(exchange);
      return null;
    } catch (error) {
      this.#failing.add(exchange);
      const failure =
        error instanceof ScannerError
          ? new ScannerError(error.code, `${exchange.id}: ${error.message}`)
          : error;
      if (isLate.aborted) onFailure(failure);
      return failure;
    } finally {
      this.#underWay.delete(exchange);
    }
  }
}
