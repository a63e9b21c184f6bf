import type { Timeframe } from '@fast-scanner/shared';

/** What `fast-scanner scan` was asked. */
export interface ScanOptions {
  readonly exchange?: string;
  readonly data?: string;
  readonly symbols?: readonly string[];
  readonly timeframe?: Timeframe;
  readonly limit?: number;
  readonly analyze: boolean;
  readonly asOf?: string;
  readonly seed?: string;
  readonly json?: boolean;
}
