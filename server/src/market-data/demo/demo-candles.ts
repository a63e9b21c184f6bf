import { allocateColumns, type CandleColumns, candleOpenTime, timeframeMs } from '@fast-scanner/shared';
import type { EventLoopBudget } from '../event-loop-budget.ts';
import type { CandleRequest } from '../market-data-source.ts';
import { CandleAccumulator } from './candle-accumulator.ts';
import { DEMO_ORIGIN_MS } from './demo-time.ts';
import type { SimulatedMarket } from './simulated-market.ts';
import type { SymbolProfile } from './symbol-profile.ts';

export interface DemoCandlesOptions {
  readonly market: SimulatedMarket;
  readonly budget: EventLoopBudget;
  readonly nowMs: number;
  readonly signal: AbortSignal;
}

/** The newest candles of a symbol up to `nowMs`, the open one included; none from before the market opened. */
export async function createDemoCandles(
  profile: SymbolProfile,
  request: CandleRequest,
  { market, budget, nowMs, signal }: DemoCandlesOptions,
): Promise<CandleColumns> {
  const span = timeframeMs(request.timeframe);
  const firstOpen = firstOpenTime(request, nowMs);
  const count = Math.max(0, (candleOpenTime(nowMs, request.timeframe) - firstOpen) / span + 1);
  const columns = allocateColumns(count);
  const candle = new CandleAccumulator();
  for (let index = 0; index < count; index += 1) {
    await budget.available();
    signal.throwIfAborted();
    const openTime = firstOpen + index * span;
    candle.reset();
    market.accumulate(candle, profile, { fromMs: openTime, toMs: Math.min(openTime + span, nowMs) });
    writeCandle(columns, index, { openTime, candle, lotsPerUnit: profile.lotsPerUnit });
  }
  return columns;
}

function firstOpenTime({ timeframe, limit, since }: CandleRequest, nowMs: number): number {
  const span = timeframeMs(timeframe);
  const earliest = Math.max(since ?? DEMO_ORIGIN_MS, DEMO_ORIGIN_MS);
  const firstAllowed = candleOpenTime(earliest + span - 1, timeframe);
  return Math.max(firstAllowed, candleOpenTime(nowMs, timeframe) - (limit - 1) * span);
}

interface MadeCandle {
  readonly openTime: number;
  readonly candle: CandleAccumulator;
  readonly lotsPerUnit: number;
}

function writeCandle(
  columns: CandleColumns,
  index: number,
  { openTime, candle, lotsPerUnit }: MadeCandle,
): void {
  columns.openTime[index] = openTime;
  columns.open[index] = candle.open;
  columns.high[index] = candle.high;
  columns.low[index] = candle.low;
  columns.close[index] = candle.close;
  columns.volume[index] = candle.lots / lotsPerUnit;
}
