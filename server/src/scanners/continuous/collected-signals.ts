import { setImmediate } from 'node:timers/promises';
import { type ContinuousSignal, ScannerError } from '@fast-scanner/shared';
import pLimit from 'p-limit';
import type { TrainingStore } from '../../store/training/training-store.ts';

/** Signals that wait for a store that cannot write; more drive out the oldest. */
export const MOST_WAITING = 20_000;
/** Signals of one write. */
const SIGNALS_AT_ONCE = 100;

/** Hands signals to the training data. What a store could not write waits until it can. */
export class CollectedSignals {
  readonly #store: TrainingStore;
  readonly #turn = pLimit(1);
  #waiting: ContinuousSignal[] = [];

  constructor(store: TrainingStore) {
    this.#store = store;
  }

  /** Signals that are not written yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves when these and all that waited are on disk. @throws ScannerError `disk_full`, `unavailable`; what the store refuses is dropped */
  add(signals: readonly ContinuousSignal[]): Promise<void> {
    this.#waiting.push(...signals);
    return this.#turn(() => this.#writeAll());
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const sent = this.#waiting.slice(0, SIGNALS_AT_ONCE);
      try {
        await this.#store.append({ signals: sent.map(toRecord), clustering: sent.map(toClustering) });
      } catch (error) {
        this.#waiting = isRefused(error)
          ? this.#waiting.slice(sent.length)
          : this.#waiting.slice(-MOST_WAITING);
        throw error;
      }
      this.#waiting = this.#waiting.slice(sent.length);
      await setImmediate();
    }
  }
}

/** Whether the same records would fail again. */
export function isRefused(error: unknown): boolean {
  return !(error instanceof ScannerError) || error.code === 'invalid_input';
}

function toRecord(signal: ContinuousSignal) {
  return { ...signal };
}

function toClustering(signal: ContinuousSignal) {
  const { exchange, symbol, style, timeframe, candleCloseTime, clustering } = signal;
  return { exchange, symbol, style, timeframe, candleCloseTime, ...clustering };
}
