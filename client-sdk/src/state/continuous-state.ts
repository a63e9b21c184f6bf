import type { ContinuousSignal, ContinuousStatus, MarketState } from '@fast-scanner/shared';
import type { LiveState } from './live-store.ts';

/** The continuous scanner as it stands. */
export interface ContinuousState extends LiveState {
  /** Whether it runs, for whom, and how each of its streams fares; `null` until it was read. */
  readonly status: ContinuousStatus | null;
  /** Newest first. */
  readonly signals: readonly ContinuousSignal[];
  /** Breadth and volatility; `null` before the first reading. */
  readonly marketState: MarketState | null;
  /** It is being started or stopped. */
  readonly isChanging: boolean;
}

export const NO_CONTINUOUS: ContinuousState = {
  status: null,
  signals: [],
  marketState: null,
  isChanging: false,
  isLoading: true,
  error: null,
};
