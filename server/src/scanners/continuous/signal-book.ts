import {
  CONTINUOUS_BUFFERS,
  type ContinuousSignal,
  type ContinuousSignalsQuery,
  TRADING_STYLES,
  type TradingStyle,
} from '@fast-scanner/shared';
import type { StyleSignals } from '../../analysis/continuous/timeframe-confluence.ts';

/** What a symbol's newest signal is filed under. */
export type SignalIdentity = Pick<ContinuousSignal, 'exchange' | 'symbol' | 'style' | 'timeframe'>;

/** The newest signals: the last thousand of all, and the last of each symbol and style. */
export class SignalBook {
  readonly #recent: ContinuousSignal[] = [];
  readonly #newest = new Map<string, ContinuousSignal>();

  /** Signals held for listing. */
  get size(): number {
    return this.#recent.length;
  }

  /** Newest signals of all symbols and styles that are not NEUTRAL. */
  get active(): number {
    let active = 0;
    for (const { signal_type } of this.#newest.values()) if (signal_type !== 'NEUTRAL') active += 1;
    return active;
  }

  add(signal: ContinuousSignal): void {
    this.#recent.push(signal);
    if (this.#recent.length > CONTINUOUS_BUFFERS.signals) this.#recent.shift();
    this.recall(signal);
  }

  /** Takes a signal that was told so long ago that it is not listed any more. */
  recall(signal: ContinuousSignal): void {
    this.#newest.set(keyOf(signal), signal);
  }

  /** The newest signal of a series; `null` while there is none, and when the style had another timeframe then. */
  newest(identity: SignalIdentity): ContinuousSignal | null {
    const signal = this.#newest.get(keyOf(identity));
    return signal?.timeframe === identity.timeframe ? signal : null;
  }

  /** Forgets the newest signals of all other series; they stay in the list. */
  keepOnly(followed: Iterable<SignalIdentity>): void {
    const kept = [...followed].flatMap((identity) => this.newest(identity) ?? []);
    this.#newest.clear();
    for (const signal of kept) this.recall(signal);
  }

  /** What is asked for, newest first. */
  list({ limit, min_score, ...wanted }: ContinuousSignalsQuery): ContinuousSignal[] {
    const matches = (signal: ContinuousSignal) =>
      signal.combined_score >= min_score &&
      (wanted.symbol === undefined || signal.symbol === wanted.symbol) &&
      (wanted.exchange === undefined || signal.exchange === wanted.exchange) &&
      (wanted.signal_type === undefined || signal.signal_type === wanted.signal_type) &&
      (wanted.timeframe === undefined || [signal.style, signal.timeframe].includes(wanted.timeframe));
    const found: ContinuousSignal[] = [];
    for (let at = this.#recent.length - 1; at >= 0 && found.length < limit; at -= 1) {
      const signal = this.#recent[at];
      if (signal && matches(signal)) found.push(signal);
    }
    return found;
  }

  /** The newest signal of each style of a symbol. */
  styles(exchange: string, symbol: string): StyleSignals {
    const found: Partial<Record<TradingStyle, ContinuousSignal>> = {};
    for (const style of TRADING_STYLES) {
      const signal = this.#newest.get(keyOf({ exchange, symbol, style }));
      if (signal) found[style] = signal;
    }
    return found;
  }
}

function keyOf({ exchange, symbol, style }: Pick<SignalIdentity, 'exchange' | 'symbol' | 'style'>): string {
  return `${exchange} ${symbol} ${style}`;
}
