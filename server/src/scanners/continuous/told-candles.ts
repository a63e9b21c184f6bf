import type { ContinuousSignal } from '@fast-scanner/shared';
import type { Store } from '../../store/store.ts';

type Told = Readonly<Record<string, number>>;
export type ToldIdentity = Pick<ContinuousSignal, 'exchange' | 'timeframe' | 'symbol'>;

/**
 * Which candle of each symbol and timeframe was told last, so that none is told twice, not even after a restart. Kept as settings of
 * the store, one per exchange and timeframe, which are written in the same commit as the signals.
 */
export class ToldCandles {
  readonly #store: Store;
  /** By the setting's key. */
  readonly #told = new Map<string, Map<string, number>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Reads what earlier processes have told. */
  async load(keys: Iterable<Pick<ToldIdentity, 'exchange' | 'timeframe'>>): Promise<void> {
    for (const key of new Set([...keys].map(settingOf))) {
      const told = (await this.#store.getSetting(key)) as Told | null; // written by `settingsWith` alone
      this.#told.set(key, new Map(Object.entries(told ?? {})));
    }
  }

  /** Close time of the candle that was told last, epoch ms; `null` before the first. */
  toldTo(identity: ToldIdentity): number | null {
    return this.#told.get(settingOf(identity))?.get(identity.symbol) ?? null;
  }

  /** The settings as they are once these signals are told. */
  settingsWith(signals: readonly ContinuousSignal[]): Readonly<Record<string, Told>> {
    const changed = new Map<string, Map<string, number>>();
    for (const signal of signals) {
      const key = settingOf(signal);
      const told = changed.get(key) ?? new Map(this.#told.get(key));
      changed.set(key, told.set(signal.symbol, Date.parse(signal.candleCloseTime)));
    }
    return Object.fromEntries([...changed].map(([key, told]) => [key, Object.fromEntries(told)]));
  }

  /** Takes note that they have been told. */
  note(signals: readonly ContinuousSignal[]): void {
    for (const signal of signals) {
      const key = settingOf(signal);
      const told = this.#told.get(key) ?? new Map<string, number>();
      this.#told.set(key, told.set(signal.symbol, Date.parse(signal.candleCloseTime)));
    }
  }
}

function settingOf({ exchange, timeframe }: Pick<ToldIdentity, 'exchange' | 'timeframe'>): string {
  return `continuous.told.${exchange}.${timeframe}`;
}
