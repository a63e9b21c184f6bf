import assert from 'node:assert/strict';
import { html } from '@fast-scanner/server/scanners/market-scan/report/html.ts';
import { renderMarketScanReport } from '@fast-scanner/server/scanners/market-scan/report/render-market-scan-report.ts';
import type { MarketScanResult } from '@fast-scanner/shared';
import fc from 'fast-check';
import { PROPERTY_RUNS } from '../../../analysis/support/property-runs.ts';
import { elementsOf, parseMarkup, rawTextOf } from './support/parse-markup.ts';
import { JOB, scanResult, stock } from './support/scan-result.ts';

const ATTACKS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title></style></svg><b>',
  '<!--',
  ']]>',
  '&lt;b&gt;',
  '&#x3C;',
  '$&$1`',
] as const;

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom(...ATTACKS));
const hostile = fc.tuple(text, fc.constantFrom(...ATTACKS), text).map((parts) => parts.join(''));

/** A result whose every text comes from outside. */
function resultWith(texts: readonly string[]): MarketScanResult {
  const [ticker = '', sector = '', error = '', strategy = '', name = ''] = texts;
  const base = scanResult({
    stocks: [stock(ticker, { sector, rejected_rows: 1 })],
    days: 5,
    failures: [{ ticker, error, code: 'no_data' }],
  });
  return {
    ...base,
    strategy,
    parameters: { [name]: 1 },
    exchange: name,
    universe: { name, as_of: error },
    benchmark: { ...base.benchmark, name, sharpe_ratio: null, reasons: { sharpe_ratio: error } },
    portfolio: { ...base.portfolio, sharpe_ratio: null, reasons: { sharpe_ratio: error } },
    caveats: [error],
  };
}

function skeletonOf(texts: readonly string[]): readonly string[] {
  const page = renderMarketScanReport(resultWith(texts), { ...JOB, job_id: texts[4] ?? '' });
  return elementsOf(parseMarkup(page)).map(
    ({ name, attributes }) => `${name} ${[...attributes.keys()].join(' ')}`,
  );
}

describe('what comes from outside', () => {
  it('never becomes markup: whatever it is, the page has the same elements with the same attributes', () => {
    const harmless = skeletonOf(['AAA', 'Energy', 'gone', 'rule', 'list']);
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 5, maxLength: 5 }), (texts) => {
        assert.deepEqual(skeletonOf(texts), harmless);
      }),
      { ...PROPERTY_RUNS, numRuns: 15 },
    );
  });

  it('is shown as it was written', () => {
    const texts = ATTACKS.slice(0, 5);
    const shown = rawTextOf(parseMarkup(renderMarketScanReport(resultWith(texts), JOB)));
    for (const attack of texts) assert.ok(shown.includes(attack), attack);
  });

  it('survives a template unchanged, in content and in quotes', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const [element] = elementsOf(parseMarkup(html`<p title="${value}">${value}</p>`.toString()));
        assert.ok(element);
        assert.equal(element.attributes.get('title'), value);
        assert.equal(rawTextOf(element), value);
      }),
      PROPERTY_RUNS,
    );
  });
});

describe('a template', () => {
  it('takes markup as it is, joins lists and leaves nothing for null', () => {
    const item = (value: string | number) => html`<li>${value}</li>`;
    assert.equal(
      html`<ul>${[item(1), [item('<')], null]}</ul>${null}`.toString(),
      '<ul><li>1</li><li>&lt;</li></ul>',
    );
  });
});
