import { ScannerError } from '@fast-scanner/shared';

/** Which positions may be opened. An order for the other side then only closes. */
export type TradeDirection = 'long' | 'short' | 'both';

/** How a backtest trades. Everything has a default, {@link BACKTEST_DEFAULTS}. */
export interface BacktestOptions {
  /** Money at the start, in the currency of the prices. Default 10,000. */
  readonly cash: number;
  /** Share of each fill's value that is paid for it, at entry and at exit. Default 0.001 (0.1 %). */
  readonly commissionRate: number;
  /** Share of the price by which a fill is worse than the price that was seen; targets have none. Default 0.0005. */
  readonly slippageRate: number;
  /** Default `long`. */
  readonly direction: TradeDirection;
  /** Whether a fraction of a unit can be bought. Default `whole`, as for stocks; crypto is `fractional`. */
  readonly units: 'whole' | 'fractional';
  /** Where a position that is still open at the end is closed: at the last candle's close (default) or at its open. */
  readonly lastTrade: 'close' | 'open';
  /** Position of the first candle whose order counts: candles before it are warm-up. Default 0. */
  readonly tradeFrom: number;
}

export const BACKTEST_DEFAULTS: BacktestOptions = {
  cash: 10_000,
  commissionRate: 0.001,
  slippageRate: 0.0005,
  direction: 'long',
  units: 'whole',
  lastTrade: 'close',
  tradeFrom: 0,
};

/**
 * The options with defaults filled in.
 * @throws ScannerError `invalid_input` that names the field: cash that is no positive amount, a rate outside 0 … 0.5, a `tradeFrom`
 *   that is no position
 */
export function completeOptions(options: Partial<BacktestOptions> = {}): BacktestOptions {
  const complete = { ...BACKTEST_DEFAULTS, ...options };
  const { cash, commissionRate, slippageRate, tradeFrom } = complete;
  refuseUnless(cash > 0 && Number.isFinite(cash), 'cash', `must be a positive amount, got ${cash}`);
  refuseUnless(isRate(commissionRate), 'commissionRate', `must lie within 0 and 0.5, got ${commissionRate}`);
  refuseUnless(isRate(slippageRate), 'slippageRate', `must lie within 0 and 0.5, got ${slippageRate}`);
  const isPosition = Number.isInteger(tradeFrom) && tradeFrom >= 0;
  refuseUnless(isPosition, 'tradeFrom', `must be the position of a candle, got ${tradeFrom}`);
  return complete;
}

function isRate(value: number): boolean {
  return value >= 0 && value <= 0.5;
}

function refuseUnless(isValid: boolean, name: string, detail: string): void {
  if (isValid) return;
  throw new ScannerError('invalid_input', `${name} ${detail}`, {
    errors: [{ pointer: `/${name}`, code: 'custom', detail }],
  });
}
