import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { createMarketProgress } from '@fast-scanner/server/cli/market-scan/market-progress.ts';
import { renderFailures } from '@fast-scanner/server/cli/market-scan/reservations.ts';
import { renderStrategies } from '@fast-scanner/server/cli/market-scan/strategy-list.ts';
import { addParameterList } from '@fast-scanner/server/cli/parse-options.ts';
import { StrategyBook } from '@fast-scanner/server/scanners/market-scan/strategy-book.ts';
import type { MarketScanEvents } from '@fast-scanner/shared';
import fc from 'fast-check';

const STEP: MarketScanEvents['progress'] = {
  seq: 6,
  job_id: '1b4e28ba-2fa1-41d2-883f-0016d3cca427',
  timestamp: '2026-01-07T10:20:00.000Z',
  current: 25,
  total: 503,
  progress_pct: 5,
  ticker: 'AAPL',
  stock_time: 1.1,
  elapsed_time: 27.5,
  eta_seconds: 525,
  successful: 25,
  failed: 0,
  current_pnl: 1250.4,
};

function lineOf(change: Partial<MarketScanEvents['progress']>, kind: 'scan' | 'sweep' = 'scan'): string {
  const stream = new PassThrough();
  createMarketProgress(stream, kind).advance({ ...STEP, ...change });
  return String(stream.read());
}

describe('the progress of a market scan without a terminal', () => {
  it('is the documented line', () => {
    assert.equal(lineOf({}), 'Progress: 5.0% (25/503) - Current: AAPL - ETA: 8m 45s - PnL: $1,250\n');
  });

  for (const [eta_seconds, text] of [
    [null, '–'],
    [0, '0s'],
    [59.2, '1m 0s'],
    [3725, '1h 2m'],
  ] as const) {
    it(`says ${text} for ${eta_seconds} seconds`, () => {
      assert.ok(lineOf({ eta_seconds }).includes(` ETA: ${text} - `));
    });
  }

  it('tells a loss as one', () => {
    assert.ok(lineOf({ current_pnl: -1_234_567.8 }).endsWith(' - PnL: -$1,234,568\n'));
    assert.ok(lineOf({ current_pnl: -0.4 }).endsWith(' - PnL: $0\n'));
  });

  it('has no profit in a sweep, whose variants have none in common', () => {
    assert.equal(lineOf({}, 'sweep'), 'Progress: 5.0% (25/503) - Current: AAPL - ETA: 8m 45s\n');
  });
});

describe('the stocks that were not tested', () => {
  it('are counted by reason, the first ten of each by name', () => {
    const tickers = Array.from({ length: 12 }, (_, index) => `T${index}`);
    const failures = [
      ...tickers.map((ticker) => ({ ticker, code: 'no_data', error: 'no candles' }) as const),
      { ticker: 'NONE', code: 'symbol_unknown', error: 'not listed' } as const,
    ];
    assert.equal(
      renderFailures(failures),
      '\nNot tested, 13 stocks:\n   12  no_data: T0, T1, T2, T3, T4, T5, T6, T7, T8, T9 and 2 more\n    1  symbol_unknown: NONE\n',
    );
    assert.equal(renderFailures([]), '');
  });
});

describe('the list of strategies', () => {
  it('shows every parameter as it can be written behind --param, with its range', () => {
    const { strategies } = new StrategyBook().describe();
    const text = renderStrategies(strategies);
    for (const { id, parameters } of strategies) {
      assert.match(text, new RegExp(`^${id}: `, 'm'));
      for (const { name, default: value, min, max } of parameters)
        assert.match(text, new RegExp(`^ {4}${name}=${value} .*, ${min} to ${max}\\)$`, 'm'));
    }
  });
});

describe('values of a parameter', () => {
  it('are read as they were written, whatever they are', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 20 }), (values) => {
        const read = addParameterList(`fast=${values.map(String).join(', ')}`);
        assert.deepEqual(read, { fast: values.map((value) => value + 0) });
      }),
      { numRuns: 100 },
    );
  });
});
