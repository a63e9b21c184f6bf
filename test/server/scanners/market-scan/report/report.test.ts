import assert from 'node:assert/strict';
import { renderMarketScanReport } from '@fast-scanner/server/scanners/market-scan/report/render-market-scan-report.ts';
import { marketScanResultSchema } from '@fast-scanner/shared';
import { elementsOf, findAll, findById, parseMarkup, rowsOf, textOf } from './support/parse-markup.ts';
import { JOB, manyStocks, scanResult, stock } from './support/scan-result.ts';

const STOCKS = [
  stock('AAA', { sector: 'Energy', rejected_rows: 2 }),
  stock('BBB', {
    sector: 'Utilities',
    pnl: -500,
    return_pct: -5,
    win_rate: null,
    sharpe_ratio: null,
    total_trades: 3,
  }),
];
const FAILURE = { ticker: 'CCC', error: '20 candles are too few', code: 'insufficient_data' } as const;
const RESULT = scanResult({ stocks: STOCKS, days: 800, failures: [FAILURE] });
const PAGE = parseMarkup(renderMarketScanReport(RESULT, JOB));

function textBelow(id: string): string {
  return textOf(findById(PAGE, id));
}

function tableOf(id: string): readonly (readonly string[])[] {
  const [table] = findAll(findById(PAGE, id), 'table');
  assert.ok(table);
  return rowsOf(table);
}

describe('the report of a market scan', () => {
  it('is the same for the same result', () => {
    marketScanResultSchema.parse(RESULT);
    assert.equal(renderMarketScanReport(RESULT, JOB), renderMarketScanReport(structuredClone(RESULT), JOB));
  });

  it('says what was tested, over what, when and with which data', () => {
    const [header] = findAll(PAGE, 'header');
    assert.ok(header);
    assert.match(
      textOf(header),
      /^Market scan SMA cross sma_cross fast = 10 slow = 30 Recorded candles .* UniverseS&P 500, as of 2025-12-31 Stocks2 tested, 1 failed Period2014-11-03 to 2017-01-10 Candles1d from files Started2026-01-05 12:00 UTC Completed2026-01-05 12:01 UTC Time of work1.50 s Scan1b4e28ba-2fa1-41d2-883f-0016d3cca427$/,
    );
    assert.equal(textOf(findAll(PAGE, 'title')[0] ?? ''), 'SMA cross over S&P 500 – market scan');
  });

  it('has every part, and a link to each', () => {
    const links = findAll(PAGE, 'a').map(({ attributes }) => attributes.get('href'));
    const sections = findAll(PAGE, 'section').map(({ attributes }) => `#${attributes.get('id')}`);
    assert.deepEqual(links, sections);
    assert.deepEqual(findAll(PAGE, 'h2').map(textOf), [
      'Key figures',
      'Equity',
      'Drawdown',
      'Calendar years',
      'Statistics',
      'Returns of the stocks',
      'Sectors',
      'Best and worst',
      'All stocks',
      'Failures',
      'Conventions',
      'Caveats',
      'How the numbers are computed',
    ]);
  });

  it('puts the key figures first, the benchmark beside them', () => {
    assert.match(
      textBelow('key-figures'),
      /Total PnL \[money\]\+735 ?from 20,000 in 2 stocks Portfolio return\+10\.00 %Benchmark \+87\.94 % CAGR\+4\.50 %Benchmark \+4\.50 % Sharpe ratio0\.97Benchmark 0\.97 Sortino ratio1\.41Benchmark 1\.41 Max\. drawdown10\.20 %Benchmark 10\.20 % Exposure44\.54 % Win rate72\.49 % Profit factor2\.18/,
    );
  });

  it('draws the equity and the drawdown of strategy and benchmark in a bounded number of points', () => {
    for (const id of ['equity', 'drawdown']) {
      const lines = findAll(findById(PAGE, `${id}`), 'path').filter(
        ({ attributes }) =>
          attributes.get('d')?.startsWith('M0 4H28') === false && attributes.get('class') !== 'area',
      );
      assert.deepEqual(lines.map(({ attributes }) => attributes.get('class')).sort(), [
        'line benchmark',
        'line strategy',
      ]);
      for (const { attributes } of lines) {
        const points =
          attributes
            .get('d')
            ?.slice(1)
            .split('L')
            .map((point) => point.split(' ').map(Number)) ?? [];
        assert.ok(points.length > 300 && points.length <= 600, `${points.length} points`);
        assert.ok(points.every(([x = -1, y = -1]) => x >= 0 && x <= 1000 && y >= 0 && y <= 300));
      }
    }
    assert.match(textBelow('equity'), /2015 ?.*2016/);
    assert.match(textBelow('drawdown'), /longest time below a peak was 409 days/);
  });

  it('marks mean and median of the returns, and says how they are spread', () => {
    const marks = findAll(findById(PAGE, 'returns'), 'line').flatMap(({ attributes }) =>
      attributes.get('class')?.startsWith('stroke') ? [[attributes.get('class'), attributes.get('x1')]] : [],
    );
    assert.deepEqual(marks, [
      ['stroke mean', '51.84%'],
      ['stroke median', '51.34%'],
    ]);
    const bars = findAll(findById(PAGE, 'returns'), 'rect').map(textOf);
    assert.deepEqual(bars, ['0.00 % to 100.00 %: 2 stocks']);
    assert.match(textBelow('returns'), /Mean \+3\.67 % ?Median \+2\.67 %/);
    assert.match(textBelow('returns'), /Profitable stocks1 of 2 \(66\.67 %\)/);
  });

  it('lists the statistics, years, sectors and extremes', () => {
    assert.deepEqual(tableOf('statistics').slice(0, 4), [
      ['Statistic', 'Strategy', 'Benchmark'],
      ['Equity at the start [money]', '20,000.00', '20,000.00'],
      ['Equity at the end [money]', '33,000.50', '33,000.50'],
      ['Return [%]', '+10.00', '+87.94'],
    ]);
    assert.equal(tableOf('statistics').length, 19);
    assert.deepEqual(
      tableOf('years').map(([year]) => year),
      ['Year', '2014', '2015', '2016', '2017'],
    );
    assert.deepEqual(
      tableOf('sectors').map(([name, mean]) => [name, mean]),
      [
        ['Sector', 'Mean return [%]'],
        ['Energy', '+12.35'],
        ['Utilities', '−5.00'],
      ],
    );
    const [best, worst] = findAll(findById(PAGE, 'extremes'), 'table').map(rowsOf);
    assert.deepEqual(best?.[1], ['AAA', '+1,234.57', '+12.35', '+23.40', '12', '0.82']);
    assert.deepEqual(worst?.[1], ['BBB', '−500.00', '−5.00', '+23.40', '3', '–']);
  });

  it('lists every stock and every failure', () => {
    assert.deepEqual(tableOf('stocks').slice(1), [
      [
        'AAA',
        'Energy',
        '+1,234.57',
        '+12.35',
        '+23.40',
        '12',
        '7',
        '5',
        '58.3',
        '0.82',
        '12.3',
        '1,259',
        '2013-02-08',
        '2018-02-07',
      ],
      [
        'BBB',
        'Utilities',
        '−500.00',
        '−5.00',
        '+23.40',
        '3',
        '7',
        '5',
        '–',
        '–',
        '12.3',
        '1,259',
        '2013-02-08',
        '2018-02-07',
      ],
    ]);
    assert.match(textBelow('stocks'), /2 broken rows of the source were left out: AAA \(2\)\./);
    assert.deepEqual(tableOf('failures').slice(1), [['CCC', '20 candles are too few', 'insufficient_data']]);
    assert.match(textBelow('failures'), /1 of 3 stocks could not be tested/);
  });

  it('says how was traded and what to beware of', () => {
    assert.match(textBelow('conventions'), /with 10,000\.00 at the start/);
    assert.match(textBelow('conventions'), /Commission: 0\.1 % .* Slippage: every fill is 0\.05 %/);
    assert.match(textBelow('conventions'), /Long only.*Whole units.*last candle’s close and counted/);
    assert.match(textBelow('caveats'), /Survivorship bias: only the companies of today\./);
    const other = {
      ...RESULT.conventions,
      commission: 0,
      slippage: 0,
      direction: 'both',
      units: 'fractional',
      last_trade: 'open',
    } as const;
    const text = textOf(
      findById(parseMarkup(renderMarketScanReport({ ...RESULT, conventions: other }, JOB)), 'conventions'),
    );
    assert.match(text, /no commission.*no slippage.*Long and short.*Fractions.*last candle’s open/);
  });

  it('explains every statistic it shows', () => {
    const terms = findAll(findById(PAGE, 'glossary'), 'dt').map(textOf);
    for (const [label = ''] of tableOf('statistics').slice(1)) assert.ok(terms.includes(label), label);
    assert.match(textBelow('glossary'), /Sharpe ratio.*m \/ s · √k/);
  });
});

describe('the page of the report', () => {
  it('needs nothing beside itself and runs nothing', () => {
    const page = parseMarkup(renderMarketScanReport(scanResult({ stocks: manyStocks(30), days: 100 }), JOB));
    const forbidden = [
      'script',
      'link',
      'img',
      'iframe',
      'object',
      'embed',
      'form',
      'base',
      'image',
      'use',
      'foreignObject',
    ];
    for (const { name, attributes } of elementsOf(page)) {
      assert.ok(!forbidden.includes(name), name);
      for (const [attribute, value] of attributes) {
        assert.ok(!/^on|^src|^action/.test(attribute), attribute);
        if (attribute === 'href') assert.match(value, /^#/);
      }
    }
    const [style] = findAll(page, 'style');
    assert.ok(style);
    assert.doesNotMatch(textOf(style), /url\(|@import|https?:/);
    assert.match(textOf(style), /prefers-color-scheme: dark/);
    assert.match(textOf(style), /@media print/);
  });

  it('has headings in order, named tables with scopes, described charts and unique ids', () => {
    const all = elementsOf(PAGE);
    const levels = all.flatMap(({ name }) => (/^h[1-6]$/.test(name) ? [Number(name[1])] : []));
    assert.equal(levels[0], 1);
    assert.ok(levels.slice(1).every((level, index) => level > 1 && level <= (levels[index] ?? 0) + 1));
    for (const table of findAll(PAGE, 'table')) {
      assert.notEqual(textOf(findAll(table, 'caption')[0] ?? ''), '');
      assert.ok(
        findAll(table, 'th').every(({ attributes }) =>
          ['col', 'row'].includes(attributes.get('scope') ?? ''),
        ),
      );
    }
    const ids = all.flatMap(({ attributes }) => attributes.get('id') ?? []);
    assert.equal(new Set(ids).size, ids.length);
    for (const { attributes } of all) {
      const named = attributes.get('aria-labelledby')?.split(' ') ?? [];
      assert.ok(named.every((id) => textOf(findById(PAGE, id)) !== ''));
    }
    const charts = all.filter(({ attributes }) => attributes.get('role') === 'img');
    assert.equal(charts.length, 3);
    for (const chart of charts)
      assert.ok(findAll(chart, 'title').length > 0 && findAll(chart, 'desc').length === 1);
    const silent = findAll(PAGE, 'svg').filter(
      ({ attributes }) => attributes.has('class') && !charts.some((chart) => chart.attributes === attributes),
    );
    assert.ok(silent.every(({ attributes }) => attributes.get('aria-hidden') === 'true'));
  });

  it('of 503 stocks over five years stays below 400 kB and is made in less than 50 ms', () => {
    const result = scanResult({ stocks: manyStocks(503), days: 1259 });
    const times = Array.from({ length: 5 }, () => {
      const startedAt = performance.now();
      const page = renderMarketScanReport(result, JOB);
      assert.ok(Buffer.byteLength(page) < 400_000, `${Buffer.byteLength(page)} bytes`);
      return performance.now() - startedAt;
    });
    assert.ok(Math.min(...times) < 50, `${Math.min(...times)} ms`);
  });
});
