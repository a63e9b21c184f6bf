import { type StockResult, toIsoTime } from '@fast-scanner/shared';
import type { Statistics } from '../../analysis/backtest/statistics.ts';
import { sectorOf } from '../../market-data/universes/sp500.ts';
import type { LoadedStock } from './history-loader.ts';

/** One stock's backtest under its names on the wire. */
export function toStockResult(
  { ticker, candles, rejectedRows }: LoadedStock,
  statistics: Statistics,
): StockResult {
  return {
    ticker,
    sector: sectorOf(ticker),
    pnl: statistics.finalEquity - statistics.startEquity,
    return_pct: statistics.returnPct,
    total_trades: statistics.tradeCount,
    winning_trades: statistics.winningTrades,
    losing_trades: statistics.losingTrades,
    win_rate: statistics.winRatePct,
    sharpe_ratio: statistics.sharpe,
    max_drawdown: statistics.maxDrawdownRatio,
    start_value: statistics.startEquity,
    end_value: statistics.finalEquity,
    benchmark_return_pct: statistics.benchmarkReturnPct,
    candles: candles.close.length,
    first_date: dateOf(candles.openTime[0]),
    last_date: dateOf(candles.openTime.at(-1)),
    rejected_rows: rejectedRows,
  };
}

/** A history has candles, so that there is a time. */
function dateOf(openTime = 0): string {
  return toIsoTime(openTime).slice(0, 10);
}
