import type { ContinuousEvent, ScannerClient } from '@fast-scanner/client';
import {
  assertNever,
  type ContinuousSignal,
  type ContinuousStatus,
  type MarketState,
} from '@fast-scanner/shared';
import type { ContinuousView } from './continuous-view.ts';

/** What is known when the view opens. */
export interface KnownBefore {
  readonly status: ContinuousStatus;
  /** Those to show, oldest first. */
  readonly signals: readonly ContinuousSignal[];
  /** `null`: there is none to show. */
  readonly marketState: MarketState | null;
  /** Whether this command has started the scanner: then that it did is shown, too. */
  readonly hasStarted: boolean;
}

/** Everything the scanner tells from the moment this was made, shown once: what an answer knew already is not told again by its event. */
export class ContinuousFeed {
  /** Resolves when nothing that is told from then on is missed. */
  readonly ready: Promise<void>;
  /** Resolves when somebody has stopped the scanner; rejects when nothing more will be heard. */
  readonly ended: Promise<void>;
  readonly #leave: () => void;
  readonly #onStopped: () => void;
  /** Heard before there was a view. */
  #early: readonly ContinuousEvent[] = [];
  #view: ContinuousView | null = null;
  /** Close time of the last candle shown, by series. */
  readonly #shown = new Map<string, string>();
  #readAt = '';
  #startedAt = '';

  constructor(client: ScannerClient, minScore: number) {
    let onReady = () => {};
    let onStopped = () => {};
    let leave = () => {};
    const ready = new Promise<void>((resolve) => {
      onReady = resolve;
    });
    this.ended = new Promise((resolve, reject) => {
      onStopped = resolve;
      leave = client.continuous.watch((event) => this.#hear(event), { minScore, onReady, onEnd: reject });
    });
    this.ready = Promise.race([ready, this.ended]);
    for (const promise of [this.ready, this.ended]) promise.catch(() => undefined); // whoever waits hears of it
    this.#onStopped = onStopped;
    this.#leave = leave;
  }

  /** Shows what is known, then what was told meanwhile, and from now on everything at once. */
  open(view: ContinuousView, { status, signals, marketState, hasStarted }: KnownBefore): void {
    this.#view = view;
    const { started_at, streams } = status;
    if (hasStarted && started_at !== null) {
      this.#startedAt = started_at;
      view.streamChange({ timestamp: started_at, change: 'started', stream: null, running: true, streams });
    }
    for (const signal of signals) this.#show({ type: 'continuousSignal', seq: 0, ...signal });
    if (marketState) this.#show({ type: 'marketState', seq: 0, ...marketState });
    for (const event of this.#early) this.#show(event);
    this.#early = [];
  }

  close(): void {
    this.#leave();
  }

  #hear(event: ContinuousEvent): void {
    if (this.#view === null) this.#early = [...this.#early, event];
    else this.#show(event);
  }

  #show(event: ContinuousEvent): void {
    switch (event.type) {
      case 'continuousSignal': {
        const { type: _, seq: __, ...signal } = event;
        if (this.#isNew(signal)) this.#view?.signal(signal);
        return;
      }
      case 'marketState': {
        const { type: _, seq: __, ...state } = event;
        if (state.timestamp > this.#readAt) this.#view?.marketState(state);
        this.#readAt = state.timestamp;
        return;
      }
      case 'streamStatus': {
        const { type: _, seq: __, ...change } = event;
        if (change.change !== 'started' || this.#startedAt === '') this.#view?.streamChange(change);
        if (change.change === 'stopped') this.#onStopped();
        return;
      }
      default:
        assertNever(event);
    }
  }

  #isNew({ exchange, symbol, timeframe, candleCloseTime }: ContinuousSignal): boolean {
    const series = `${exchange} ${symbol} ${timeframe}`;
    if ((this.#shown.get(series) ?? '') >= candleCloseTime) return false;
    this.#shown.set(series, candleCloseTime);
    return true;
  }
}
