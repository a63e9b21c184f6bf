import { setImmediate } from 'node:timers/promises';
import type { Clock, ContinuousSignal } from '@fast-scanner/shared';
import type { TrainingStore } from '../../store/training/training-store.ts';
import { CollectedCandles } from './collected-candles.ts';
import type { CollectedSignals } from './collected-signals.ts';
import type { FollowedSeries } from './followed-series.ts';
import { SignalLabeller } from './signal-labeller.ts';

export interface TrainingCollectorOptions {
  readonly training: TrainingStore;
  readonly signals: CollectedSignals;
  readonly clock: Clock;
  /** Series that were told of before, each with the close time of the last candle told. */
  readonly toldBefore: ReadonlyMap<FollowedSeries, number>;
  readonly onFailure: (error: unknown) => void;
}

/** Series labelled together. */
const SERIES_AT_ONCE = 32;

/** Collects what the passes over one exchange find. A store that cannot write stops nobody: what it missed is handed to it again. */
export class TrainingCollector {
  readonly #options: TrainingCollectorOptions;
  readonly #candles: CollectedCandles;
  readonly #labeller: SignalLabeller;
  /** Series whose earlier signals have not been taken up. */
  readonly #unrecalled: Map<FollowedSeries, number>;
  /** Series with new candles whose signals have not been looked at since. */
  readonly #unlabelled = new Set<FollowedSeries>();

  constructor(options: TrainingCollectorOptions) {
    this.#options = options;
    this.#candles = new CollectedCandles(options.training);
    this.#labeller = new SignalLabeller(options.training, options.clock);
    this.#unrecalled = new Map(options.toldBefore);
  }

  /** Signals that are about to be told. */
  async addSignals(signals: readonly ContinuousSignal[]): Promise<void> {
    await this.#options.signals.add(signals).catch(this.#options.onFailure);
  }

  /** A signal that has been told. */
  noteTold(one: FollowedSeries, signal: ContinuousSignal): void {
    this.#labeller.add(one, signal);
  }

  /** New candles of these series, and what they say of earlier signals. @throws the signal's reason */
  async addCandles(updated: readonly FollowedSeries[], signal: AbortSignal): Promise<void> {
    for (const one of updated) this.#unlabelled.add(one);
    try {
      await this.#candles.add(updated, signal);
      await this.#label(signal);
    } catch (error) {
      signal.throwIfAborted();
      this.#options.onFailure(error);
    }
  }

  async #label(signal: AbortSignal): Promise<void> {
    while (this.#unlabelled.size > 0) {
      signal.throwIfAborted();
      const some = [...this.#unlabelled].slice(0, SERIES_AT_ONCE);
      for (const one of some) await this.#recall(one);
      await this.#labeller.label(some);
      for (const one of some) this.#unlabelled.delete(one);
      await setImmediate();
    }
  }

  async #recall(one: FollowedSeries): Promise<void> {
    const toldTo = this.#unrecalled.get(one);
    if (toldTo === undefined) return;
    await this.#labeller.recall(one, toldTo);
    this.#unrecalled.delete(one);
  }
}
