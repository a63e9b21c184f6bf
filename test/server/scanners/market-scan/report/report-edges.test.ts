import assert from 'node:assert/strict';
import { renderMarketScanReport } from '@fast-scanner/server/scanners/market-scan/report/render-market-scan-report.ts';
import type { MarketScanResult } from '@fast-scanner/shared';
import { type Element, findAll, findById, parseMarkup, textOf } from './support/parse-markup.ts';
import { JOB, scanResult, statistics, stock } from './support/scan-result.ts';

function pageOf(result: MarketScanResult): Element {
  const text = renderMarketScanReport(result, JOB);
  assert.doesNotMatch(text, /NaN|Infinity|undefined|\[object/);
  return parseMarkup(text);
}

const ONE = scanResult({ stocks: [stock('AAA')], days: 30 });

const UNDEFINED: Partial<MarketScanResult['portfolio']> = {
  cagr_pct: null,
  sharpe_ratio: null,
  sortino_ratio: null,
  win_rate: null,
  profit_factor: null,
  exposure_pct: null,
  reasons: {
    cagr_pct: 'no time passes',
    sharpe_ratio: 'needs 10 trades, there are 3',
    sortino_ratio: 'no day made a loss',
    win_rate: 'needs 10 trades, there are 3',
    profit_factor: 'no trade made a loss',
  },
};

describe('the report at its edges', () => {
  it('shows what is undefined as a dash with its reason', () => {
    const page = pageOf({ ...ONE, portfolio: { ...ONE.portfolio, ...UNDEFINED } });
    const cards = findAll(findById(page, 'key-figures'), 'div').map(textOf);
    assert.ok(cards.includes('CAGR–no time passes'));
    assert.ok(cards.includes('Sharpe ratio–needs 10 trades, there are 3'));
    assert.ok(cards.includes('Profit factor–no trade made a loss'));
    assert.ok(cards.includes('Exposure–not available'));
    assert.match(textOf(findById(page, 'statistics')), /Sortino ratio– no day made a loss1\.41/);
  });

  it('of a benchmark without a number beside it says so', () => {
    const benchmark = {
      name: 'held',
      ...statistics({ sharpe_ratio: null, reasons: { sharpe_ratio: 'it does not vary' } }),
    };
    const page = pageOf({ ...ONE, benchmark });
    assert.match(textOf(findById(page, 'key-figures')), /Sharpe ratio0\.97Benchmark –/);
    assert.match(textOf(findById(page, 'statistics')), /Sharpe ratio0\.97– it does not vary/);
  });

  it('of a stock without sector, ratios and benchmark has dashes', () => {
    const bare = stock('AAA', {
      sector: null,
      win_rate: null,
      sharpe_ratio: null,
      benchmark_return_pct: null,
    });
    const cells = findAll(findById(pageOf(scanResult({ stocks: [bare], days: 30 })), 'stocks'), 'td').map(
      textOf,
    );
    assert.equal(cells.filter((text) => text === '–').length, 4);
  });

  it('of one stock has every part', () => {
    const page = pageOf(ONE);
    assert.equal(findAll(page, 'section').length, 13);
    assert.match(textOf(findById(page, 'key-figures')), /from 10,000 in 1 stock /);
    assert.match(textOf(findById(page, 'returns')), /Standard deviation– /);
    assert.equal(findAll(page, 'svg').filter(({ attributes }) => attributes.get('role') === 'img').length, 3);
  });

  it('without a tested stock has every part, lists the failures and draws nothing', () => {
    const failures = ['AAA', 'BBB'].map(
      (ticker) => ({ ticker, error: 'no such symbol', code: 'symbol_unknown' }) as const,
    );
    const empty = scanResult({ stocks: [], days: 0, failures });
    const page = pageOf({ ...empty, portfolio: { ...empty.portfolio, ...UNDEFINED } });
    assert.equal(findAll(page, 'section').length, 13);
    assert.equal(findAll(page, 'svg').length, 0);
    for (const id of ['years', 'returns', 'sectors', 'extremes', 'stocks']) {
      assert.match(textOf(findById(page, id)), /No stock was tested\.$/);
    }
    assert.match(textOf(findById(page, 'equity')), /takes at least two days/);
    assert.match(textOf(findById(page, 'failures')), /2 of 2 stocks .*AAAno such symbol/);
    assert.match(textOf(findAll(page, 'header')[0] ?? ''), /Stocks0 tested, 2 failed Period–/);
  });

  it('of a curve that never moves has a chart, no fall, and no sign of profit', () => {
    const flat = Array.from({ length: 30 }, () => 10_000);
    const curve = { ...ONE.portfolio.curve, equity: flat, benchmark: flat };
    const page = pageOf({
      ...ONE,
      total_pnl: 0,
      portfolio: { ...ONE.portfolio, return_pct: 0, max_drawdown: 0, curve },
    });
    assert.match(textOf(findById(page, 'drawdown')), /The strategy never falls/);
    const lead = findAll(findById(page, 'key-figures'), 'b').map(({ attributes }) => attributes.get('class'));
    assert.deepEqual(lead, ['even', 'even']);
  });

  it('of a single day has numbers and no curve', () => {
    assert.match(
      textOf(findById(pageOf(scanResult({ stocks: [stock('AAA')], days: 1 })), 'equity')),
      /two days/,
    );
  });

  it('marks the deepest fall with its day', () => {
    const curve = {
      date: ['2026-01-05', '2026-01-06', '2026-01-07'],
      equity: [110, 88, 99],
      benchmark: [100, 100, 100],
    };
    const page = pageOf({ ...ONE, portfolio: { ...ONE.portfolio, start_equity: 100, curve } });
    assert.match(textOf(findById(page, 'drawdown')), /20\.00 % on 2026-01-06/);
  });

  it('says loudly that a market is simulated, and plainly that it is live', () => {
    const dataOf = (kind: 'simulated' | 'live' | 'recorded') => {
      const page = pageOf({ ...ONE, data_source: { exchange: 'demo', kind } });
      return findAll(page, 'p').find(({ attributes }) => attributes.get('class') === `data ${kind}`);
    };
    assert.match(textOf(dataOf('simulated') ?? ''), /^Simulated market The prices are made up\./);
    assert.match(textOf(dataOf('live') ?? ''), /^Live market data/);
    assert.match(textOf(dataOf('recorded') ?? ''), /^Recorded candles/);
  });

  it('knows a strategy that is not the product’s own by its id, and one without parameters', () => {
    const page = pageOf({ ...ONE, strategy: 'my_own_rule', parameters: {} });
    assert.equal(textOf(findAll(page, 'h1')[0] ?? ''), 'My own rule');
    assert.match(textOf(findAll(page, 'header')[0] ?? ''), /my_own_rule without parameters/);
  });

  it('of a scan whose end is not known has a dash for it', () => {
    const text = renderMarketScanReport(ONE, { ...JOB, completed_at: null });
    assert.match(textOf(findAll(parseMarkup(text), 'header')[0] ?? ''), /Completed– /);
  });

  it('without failures says that there are none', () => {
    assert.match(textOf(findById(pageOf(ONE), 'failures')), /None: every stock of the universe was tested/);
  });
});
