import type { Ticker } from '../market-data-source.ts';
import { CandleAccumulator } from './candle-accumulator.ts';
import { DAY_MS, DEMO_ORIGIN_MS, MINUTE_MS } from './demo-time.ts';
import type { SimulatedMarket } from './simulated-market.ts';
import type { SymbolProfile } from './symbol-profile.ts';

/**
 * The 24 h summary of a symbol at `nowMs`, or `null` before the market opened. `last` is the close of every open candle at that moment; the change
 * is against the same 24 h earlier, `null` on the first day; quote volume is Σ volume × (high + low + close) / 3 over the hours of the past
 * 24 h (minutes at both ends).
 */
export function createDemoTicker(
  market: SimulatedMarket,
  profile: SymbolProfile,
  nowMs: number,
): Ticker | null {
  if (nowMs < DEMO_ORIGIN_MS) return null;
  const dayAgoMs = nowMs - DAY_MS;
  const candle = new CandleAccumulator();
  const before = dayAgoMs < DEMO_ORIGIN_MS ? null : lastPriceAt(market, profile, dayAgoMs);
  const fromMs = Math.max(DEMO_ORIGIN_MS, Math.ceil(dayAgoMs / MINUTE_MS) * MINUTE_MS);
  market.accumulate(candle, profile, { fromMs, toMs: nowMs });
  return {
    symbol: profile.symbol,
    last: candle.close,
    change24hPct: before === null ? null : (candle.close / before - 1) * 100,
    quoteVolume24h: candle.turnover / profile.lotsPerUnit,
    timestamp: nowMs,
  };
}

function lastPriceAt(market: SimulatedMarket, profile: SymbolProfile, timeMs: number): number {
  const candle = new CandleAccumulator();
  const fromMs = Math.floor(timeMs / MINUTE_MS) * MINUTE_MS;
  market.accumulate(candle, profile, { fromMs, toMs: timeMs });
  return candle.close;
}
