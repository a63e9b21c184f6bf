import type { ScorecardDimension, Timeframe } from '@fast-scanner/shared';

/** What `fast-scanner replay` was asked. Times are epoch ms UTC. */
export interface ReplayOptions {
  readonly exchange: string;
  readonly data?: string;
  readonly symbols?: readonly string[];
  readonly timeframe?: Timeframe;
  /** Milliseconds. */
  readonly step?: number;
  readonly from?: number;
  readonly to?: number;
  readonly predict?: boolean;
  readonly retrainDays: number;
  readonly by: ScorecardDimension;
  readonly json?: boolean;
}
