import type { ContinuousEvents, ContinuousSignal, ContinuousStatus, MarketState } from '@fast-scanner/shared';

/** That the scanner or one of its streams started, stopped, fails or has recovered. */
export type StreamChange = Omit<ContinuousEvents['streamStatus'], 'seq'>;

/** Shows what the continuous scanner tells, each thing once. */
export interface ContinuousView {
  signal(signal: ContinuousSignal): void;
  marketState(state: MarketState): void;
  streamChange(change: StreamChange): void;
  /** How the loops are doing, from time to time. */
  status(status: ContinuousStatus): void;
  /** Something the user should know until it is over; `null` when it is. */
  note(text: string | null): void;
  stop(): void;
}
