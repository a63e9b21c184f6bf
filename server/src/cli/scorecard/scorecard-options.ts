import type { ScorecardDimension, SignalOrigin, Timeframe } from '@fast-scanner/shared';
import type { ServerOptions } from '../server/with-server.ts';

/** What `fast-scanner scorecard` was asked. */
export interface ScorecardOptions extends ServerOptions {
  readonly by: ScorecardDimension;
  readonly origin?: SignalOrigin;
  readonly exchange?: string;
  readonly symbol?: string;
  readonly timeframe?: Timeframe;
  readonly mode?: string;
  readonly regime?: string;
  readonly type?: string;
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}
