import type { CurveStatistics, MarketScanResult, StockFailure, StockResult } from '@fast-scanner/shared';
import { seededRandom } from '../../../../../support/exchange-server/seeded-random.ts';

export const JOB = {
  job_id: '1b4e28ba-2fa1-41d2-883f-0016d3cca427',
  created_at: '2026-01-05T12:00:00.000Z',
  completed_at: '2026-01-05T12:01:30.000Z',
} as const;

const DAY_MS = 86_400_000;
const SECTORS = ['Energy', 'Information Technology', 'Utilities'] as const;

export function stock(ticker: string, overrides: Partial<StockResult> = {}): StockResult {
  return {
    ticker,
    sector: 'Energy',
    pnl: 1234.567,
    return_pct: 12.34567,
    total_trades: 12,
    winning_trades: 7,
    losing_trades: 5,
    win_rate: 58.333,
    sharpe_ratio: 0.815,
    max_drawdown: 0.1234,
    start_value: 10_000,
    end_value: 11_234.567,
    benchmark_return_pct: 23.4,
    candles: 1259,
    first_date: '2013-02-08',
    last_date: '2018-02-07',
    rejected_rows: 0,
    ...overrides,
  };
}

export function statistics(overrides: Partial<CurveStatistics> = {}): CurveStatistics {
  return {
    start_equity: 30_000,
    final_equity: 33_000.5,
    return_pct: 10.0016,
    cagr_pct: 4.5,
    annual_volatility_pct: 7.25,
    sharpe_ratio: 0.97,
    sortino_ratio: 1.41,
    calmar_ratio: 0.68,
    max_drawdown: 0.102,
    max_drawdown_days: 409,
    exposure_pct: 44.54,
    total_trades: 36,
    win_rate: 72.49,
    profit_factor: 2.18,
    expectancy_pct: 2.34,
    sqn: 3.2,
    best_trade_pct: 60.07,
    worst_trade_pct: -65.36,
    reasons: {},
    ...overrides,
  };
}

export interface ResultSize {
  readonly stocks: readonly StockResult[];
  readonly days: number;
  readonly failures?: readonly StockFailure[];
}

/** A result of the stocks with curves that wander. */
export function scanResult({ stocks, days, failures = [] }: ResultSize): MarketScanResult {
  const random = seededRandom(7);
  const start = 10_000 * stocks.length;
  const wander = () => {
    let worth = start;
    return Array.from({ length: days }, () => (worth *= 1 + 0.02 * (random() - 0.49)));
  };
  const returns = spread(stocks.map(({ return_pct }) => return_pct));
  const group = groupOf(stocks);
  return {
    strategy: 'sma_cross',
    parameters: { fast: 10, slow: 30 },
    interval: '1d',
    exchange: 'files',
    data_source: { exchange: 'files', kind: 'recorded' },
    total_stocks: stocks.length + failures.length,
    successful: stocks.length,
    failed: failures.length,
    total_pnl: stocks.reduce((sum, { pnl }) => sum + pnl, 0),
    total_time: 1.5,
    stock_results: [...stocks],
    failures: [...failures],
    macro_statistics: {
      ...group,
      by_sector: Object.fromEntries(
        [...new Set(stocks.map(({ sector }) => sector ?? 'Unknown'))].map((name) => [
          name,
          groupOf(stocks.filter(({ sector }) => (sector ?? 'Unknown') === name)),
        ]),
      ),
    },
    portfolio: {
      ...statistics({ start_equity: start }),
      curve: { date: datesOf(days), equity: wander(), benchmark: wander() },
    },
    benchmark: {
      name: 'every stock, bought and held',
      ...statistics({ start_equity: start, return_pct: 87.94 }),
    },
    distribution:
      returns === null ? { edges: [], counts: [] } : { edges: [-100, 0, 100], counts: [0, stocks.length] },
    best: stocks.slice(0, 10),
    worst: stocks.slice(-10).reverse(),
    conventions: {
      cash: 10_000,
      commission: 0.001,
      slippage: 0.0005,
      direction: 'long',
      units: 'whole',
      last_trade: 'close',
    },
    universe: { name: 'S&P 500', as_of: '2025-12-31' },
    caveats: ['Survivorship bias: only the companies of today.'],
  };
}

/** As many different stocks as wanted. */
export function manyStocks(count: number): StockResult[] {
  const random = seededRandom(11);
  return Array.from({ length: count }, (_, index) => {
    const return_pct = 400 * random() - 100;
    const sector = SECTORS[index % SECTORS.length] ?? null;
    return stock(`T${index}`, {
      sector,
      return_pct,
      pnl: 100 * return_pct,
      rejected_rows: index % 50 === 0 ? 1 : 0,
    });
  }).sort((a, b) => b.pnl - a.pnl);
}

function groupOf(stocks: readonly StockResult[]) {
  return {
    stocks: stocks.length,
    pnl: spread(stocks.map(({ pnl }) => pnl)),
    return_pct: spread(stocks.map(({ return_pct }) => return_pct)),
    profitable_stocks: stocks.filter(({ pnl }) => pnl > 0).length,
    losing_stocks: stocks.filter(({ pnl }) => pnl < 0).length,
    neutral_stocks: stocks.filter(({ pnl }) => pnl === 0).length,
    profitability_rate: stocks.length === 0 ? null : 66.67,
    avg_trades_per_stock: stocks.length === 0 ? null : 12,
    win_rate: stocks.length === 0 ? null : 58.33,
  };
}

function spread(values: readonly number[]): MarketScanResult['macro_statistics']['pnl'] {
  if (values.length === 0) return null;
  const avg = values.reduce((sum, value) => sum + value, 0) / values.length;
  const std = values.length === 1 ? null : 1;
  return { avg, median: avg - 1, std, min: Math.min(...values), max: Math.max(...values) };
}

function datesOf(days: number): string[] {
  const first = Date.UTC(2014, 10, 3);
  return Array.from({ length: days }, (_, day) => new Date(first + day * DAY_MS).toISOString().slice(0, 10));
}
