import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { computeBacktestStatistics } from '@fast-scanner/server/analysis/backtest/backtest-statistics.ts';
import { backtestStrategy } from '@fast-scanner/server/analysis/backtest/backtest-strategy.ts';
import type { BacktestResult } from '@fast-scanner/server/analysis/backtest/run-backtest.ts';
import { smaCross } from '@fast-scanner/server/analysis/backtest/strategies/sma-cross.ts';
import { type CandleRow, columnsFromRows } from '@fast-scanner/shared';

interface RecordedTrade {
  readonly size: number;
  readonly entryBar: number;
  readonly exitBar: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly pnl: number;
  readonly returnPct: number;
}

interface RecordedFile {
  readonly canonical: {
    readonly cash: number;
    readonly commission: number;
    readonly spread: number;
    readonly rtol: number;
    readonly expected: Readonly<Record<string, number | string>>;
    readonly trades: { readonly rows: readonly RecordedTrade[] };
  };
}

const FOLDER = new URL('../../../../../shared/data/backtests/backtesting.py/', import.meta.url);
const PARAMETERS = { fast: 10, slow: 30 };

function readCandles() {
  const [, ...lines] = readFileSync(new URL('GOOG.csv', FOLDER), 'utf8').trim().split('\n');
  return columnsFromRows(
    lines.map((line): CandleRow => {
      const [date = '', open, high, low, close, volume] = line.split(',');
      return [Date.parse(date), Number(open), Number(high), Number(low), Number(close), Number(volume)];
    }),
  );
}

describe('the backtest equals backtesting.py on its own example (GOOG, SMA cross 10/30)', () => {
  before(function () {
    if (existsSync(FOLDER)) return;
    console.log('      skipped: no recorded data');
    this.skip();
  });

  const run = () => {
    // The file's layout is documented beside it; a missing field fails below.
    const recorded = JSON.parse(readFileSync(new URL('expected.json', FOLDER), 'utf8')) as RecordedFile;
    const { cash, commission, spread, rtol, expected, trades } = recorded.canonical;
    const candles = readCandles();
    const result = backtestStrategy(
      candles,
      { strategy: smaCross, parameters: PARAMETERS },
      { cash, commissionRate: commission, slippageRate: spread, direction: 'both', lastTrade: 'open' },
    );
    return { candles, result, expected, rtol, rows: trades.rows };
  };

  it('trades the same 66 trades', () => {
    const { result, rows, rtol } = run();
    assert.equal(result.trades.count, 66);
    assert.equal(rows.length, 66);
    rows.forEach((row, at) => {
      assertRelative(readTrade(result, at), row, rtol, `trade ${at}`);
    });
  });

  it('has the same statistics to 1e-8', () => {
    const { candles, result, expected, rtol } = run();
    const lookback = smaCross.lookback(PARAMETERS);
    const statistics = computeBacktestStatistics(candles, result, { lookback, ratios: 'geometric' });
    assert.deepEqual(statistics.reasons, {});
    const ours = {
      '# Trades': statistics.tradeCount,
      'Equity Final [$]': statistics.finalEquity,
      'Equity Peak [$]': statistics.peakEquity,
      'Return [%]': statistics.returnPct,
      'Buy & Hold Return [%]': statistics.benchmarkReturnPct,
      'CAGR [%]': statistics.cagrPct,
      'Volatility (Ann.) [%]': statistics.annualVolatilityPct,
      'Sharpe Ratio': statistics.sharpe,
      'Sortino Ratio': statistics.sortino,
      'Calmar Ratio': statistics.calmar,
      'Max. Drawdown [%]': -100 * statistics.maxDrawdownRatio,
      'Exposure Time [%]': statistics.exposurePct,
      'Win Rate [%]': statistics.winRatePct,
      'Best Trade [%]': statistics.bestTradePct,
      'Worst Trade [%]': statistics.worstTradePct,
      'Profit Factor': statistics.profitFactor,
      'Expectancy [%]': statistics.expectancyPct,
      SQN: statistics.sqn,
    };
    const wanted = Object.fromEntries(Object.keys(ours).map((name) => [name, expected[name]]));
    assertRelative(ours, wanted, rtol, 'statistics');
    assert.equal(`${statistics.maxDrawdownDays} days 00:00:00`, expected['Max. Drawdown Duration']);
  });
});

function readTrade({ trades }: BacktestResult, at: number) {
  return {
    size: (trades.side[at] ?? 0) * (trades.units[at] ?? 0),
    entryBar: trades.entryIndex[at],
    exitBar: trades.exitIndex[at],
    entryPrice: trades.entryPrice[at],
    exitPrice: trades.exitPrice[at],
    pnl: trades.pnl[at],
    returnPct: 100 * (trades.returnRatio[at] ?? Number.NaN),
  };
}

function assertRelative(actual: object, expected: object, tolerance: number, where: string): void {
  const wanted = new Map<string, unknown>(Object.entries(expected));
  for (const [name, value] of Object.entries(actual)) {
    const reference = wanted.get(name);
    assert.ok(typeof reference === 'number', `${where}: no reference for ${name}`);
    assert.ok(
      Math.abs(value - reference) <= tolerance * Math.abs(reference),
      `${where}: ${name} is ${value} instead of ${reference}`,
    );
  }
}
