import assert from 'node:assert/strict';
import { DEMO_LISTINGS } from '@fast-scanner/server/market-data/demo/demo-listings.ts';
import { MarketFactors } from '@fast-scanner/server/market-data/demo/market-factors.ts';
import { REGIMES } from '@fast-scanner/shared';
import { correlation, demoAt, logReturns, mean } from './demo-market.ts';

const NOW = Date.UTC(2026, 0, 6, 12, 34, 20);
const DAYS = 2_000;

describe('the demo market looks like a market', function () {
  this.timeout(20_000);
  const source = demoAt(NOW);
  const symbols = DEMO_LISTINGS.filter((_, rank) => rank % 25 === 0).map(([base]) => `${base}/USDT`);
  const returns = new Map<string, readonly number[]>();

  before(async () => {
    for (const symbol of symbols) {
      const { close } = await source.fetchCandles({ symbol, timeframe: '1d', limit: DAYS });
      returns.set(symbol, logReturns(close));
    }
  });

  it('lists 200 coins with prices that are whole ticks', async () => {
    const markets = (await source.listMarkets()).filter(({ kind }) => kind === 'spot');
    assert.equal(markets.length, 200);
    for (const { symbol, tickSize } of markets) {
      const last = (await source.fetchTickers([symbol])).get(symbol)?.last ?? Number.NaN;
      const ticks = last / (tickSize ?? Number.NaN);
      assert.ok(
        Math.abs(ticks - Math.round(ticks)) < 1e-3,
        `${symbol} ${last} is no multiple of ${tickSize}`,
      );
      assert.ok(ticks > 200, `${symbol}: a tick of ${tickSize} is coarse for ${last}`);
    }
  });

  it('keeps every price within a factor of 30 of its anchor for a decade', async () => {
    for (const [base, anchorPrice] of DEMO_LISTINGS.filter((_, rank) => rank % 25 === 0)) {
      const weeks = await source.fetchCandles({ symbol: `${base}/USDT`, timeframe: '1w', limit: 600 });
      assert.ok(
        Math.max(...weeks.high) < anchorPrice * 30 && Math.min(...weeks.low) > anchorPrice / 30,
        base,
      );
    }
  });

  it('has daily returns with fat tails, clustered volatility and next to no memory of direction', () => {
    for (const [symbol, values] of returns) {
      const sizes = values.map(Math.abs);
      assert.ok(kurtosis(values) > 3.5, `${symbol}: kurtosis ${kurtosis(values)}`);
      assert.ok(autocorrelation(sizes) > 0.05, `${symbol}: volatility memory ${autocorrelation(sizes)}`);
      assert.ok(Math.abs(autocorrelation(values)) < 0.12, `${symbol}: memory ${autocorrelation(values)}`);
    }
  });

  it('has intraday returns with fat tails and next to no memory of direction', async () => {
    for (const timeframe of ['1m', '5m', '15m', '1h'] as const) {
      const { close } = await source.fetchCandles({ symbol: 'ETH/USDT', timeframe, limit: 3_000 });
      const values = logReturns(close);
      assert.ok(kurtosis(values) > 3.3, `${timeframe}: kurtosis ${kurtosis(values)}`);
      assert.ok(Math.abs(autocorrelation(values)) < 0.2, `${timeframe}: memory ${autocorrelation(values)}`);
    }
  });

  it('has symbols that move together, on average between 0.2 and 0.8, in days and in hours', async () => {
    assert.ok(isBetween(meanCorrelation([...returns.values()]), 0.2, 0.8));
    const hourly: (readonly number[])[] = [];
    for (const symbol of symbols) {
      const { close } = await source.fetchCandles({ symbol, timeframe: '1h', limit: 500 });
      hourly.push(logReturns(close));
    }
    assert.ok(isBetween(meanCorrelation(hourly), 0.2, 0.8));
  });

  it('trades more in busy hours and when the price moves', async () => {
    const { openTime, close, volume } = await source.fetchCandles({
      symbol: 'BTC/USDT',
      timeframe: '1h',
      limit: 2_000,
    });
    const meanAt = (utcHour: number) =>
      mean([...volume].filter((_, index) => new Date(openTime[index] ?? 0).getUTCHours() === utcHour));
    assert.ok(meanAt(14) > 1.3 * meanAt(21));
    const sizes = logReturns(close).map(Math.abs);
    assert.ok(correlation(sizes, [...volume.subarray(1)]) > 0.2);
  });

  it('sees bull, bear and ranging spells that last for weeks', () => {
    const factors = new MarketFactors(1);
    const regimes = Array.from({ length: DAYS }, (_, day) => factors.market(day).regime);
    for (const regime of REGIMES) {
      const share = regimes.filter((other) => other === regime).length / DAYS;
      assert.ok(share > 0.1, `${regime}: ${share}`);
    }
    const changes = regimes.filter((regime, day) => day > 0 && regime !== regimes[day - 1]).length;
    assert.ok(changes > 10 && changes < DAYS / 15, `${changes} changes`);
  });

  it('moves differently on other symbols: some up, some down over a fortnight', async () => {
    const changes: number[] = [];
    for (const [base] of DEMO_LISTINGS.slice(0, 60)) {
      const { close } = await source.fetchCandles({ symbol: `${base}/USDT`, timeframe: '1d', limit: 15 });
      changes.push((close.at(-1) ?? 0) / (close[0] ?? 1) - 1);
    }
    assert.ok(changes.some((change) => change > 0.02) && changes.some((change) => change < -0.02));
    assert.equal(new Set(changes).size, changes.length);
  });
});

function kurtosis(values: readonly number[]): number {
  const center = mean(values);
  const variance = mean(values.map((value) => (value - center) ** 2));
  return mean(values.map((value) => (value - center) ** 4)) / variance ** 2;
}

function autocorrelation(values: readonly number[]): number {
  return correlation(values.slice(1), values.slice(0, -1));
}

function meanCorrelation(series: readonly (readonly number[])[]): number {
  const pairs = series.flatMap((left, index) =>
    series.slice(index + 1).map((right) => correlation(left, right)),
  );
  return mean(pairs);
}

function isBetween(value: number, low: number, high: number): boolean {
  return value > low && value < high;
}
