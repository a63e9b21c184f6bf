import {
  type MarketScanRequest,
  marketScanRequestSchema,
  type SweepRequest,
  sweepRequestSchema,
} from '@fast-scanner/shared';
import { type OptionNames, toUsageError } from '../to-usage-error.ts';
import type { MarketScanOptions, SweepOptions, TestOptions } from './market-scan-options.ts';

const OPTION_NAMES: OptionNames = {
  strategy: '--strategy (see `fast-scanner strategies`)',
  parameters: '--param',
  universe: '--universe',
  tickers: '--tickers',
  exchange: '--exchange',
  interval: '--interval',
  start_date: '--start',
  end_date: '--end',
  cash: '--cash',
  commission: '--commission',
  slippage: '--slippage',
  in_sample: '--in-sample',
};

/** The request that the options make. @throws ScannerError `invalid_input`, which names the options */
export function planMarketScan(options: MarketScanOptions): MarketScanRequest {
  const request = { ...toTest(options), parameters: options.param };
  const parsed = marketScanRequestSchema.safeParse(request);
  if (parsed.success) return parsed.data;
  throw toUsageError(parsed.error.issues, OPTION_NAMES);
}

/** The same for a sweep. */
export function planSweep(options: SweepOptions): SweepRequest {
  const request = { ...toTest(options), parameters: options.param, in_sample: options.inSample };
  const parsed = sweepRequestSchema.safeParse(request);
  if (parsed.success) return parsed.data;
  throw toUsageError(parsed.error.issues, OPTION_NAMES);
}

function toTest(options: TestOptions): object {
  const { strategy, universe, tickers, exchange, interval, cash, commission, slippage } = options;
  const { start: start_date, end: end_date, direction, units, lastTrade: last_trade } = options;
  return {
    strategy,
    universe,
    tickers,
    exchange,
    interval,
    start_date,
    end_date,
    cash,
    commission,
    slippage,
    conventions: { direction, units, last_trade },
  };
}
