import assert from 'node:assert/strict';
import { type MarketScanResult, marketScanRequestSchema } from '@fast-scanner/shared';
import fc from 'fast-check';
import { toDrawdowns } from '../../web/src/pages/backtest/curve-lines.ts';
import { testAgainPath } from '../../web/src/pages/backtest/test-again-path.ts';
import {
  findMistakes,
  TEST_FIELDS,
  type TestChoice,
  toMarketScanInput,
} from '../../web/src/pages/backtest/test-choice.ts';
import { toBins } from '../../web/src/pages/backtest/to-bins.ts';

/** What the form holds when it is opened at an address. */
function readForm(address: string): TestChoice {
  const params = new URL(address, 'http://localhost').searchParams;
  const entries = Object.entries(TEST_FIELDS).map(([name, { parse, fallback }]) => {
    const text = params.get(name);
    return [name, (text === null ? undefined : parse(text)) ?? fallback];
  });
  return Object.fromEntries(entries);
}

const untouched = readForm('/backtest');
const day = fc.constantFrom('', '2020-01-31', '2021-06-15', '2024-12-01');
const choice: fc.Arbitrary<TestChoice> = fc
  .record({
    parameters: fc.dictionary(fc.constantFrom('fast', 'slow'), fc.integer({ min: 1, max: 500 }), {
      noNullPrototype: true,
    }),
    universe: fc.constantFrom('all', 'sp500', 'own'),
    tickers: fc.uniqueArray(fc.constantFrom('AAPL', 'BRK.B', 'BTC/USDT'), { minLength: 1 }),
    from: day,
    to: day,
    cash: fc.integer({ min: 1, max: 1e9 }),
    commission: fc.integer({ min: 0, max: 5000 }).map((hundredths) => hundredths / 100),
    units: fc.constantFrom('auto', 'whole', 'fractional'),
  })
  .map((chosen) => ({ ...untouched, ...chosen }));

describe('the page of market scans', () => {
  it('asks for what the server takes, and says beforehand when the dates are the wrong way round', () => {
    fc.assert(
      fc.property(choice, (chosen) => {
        const { success } = marketScanRequestSchema.safeParse(toMarketScanInput(chosen, 'sma_cross'));
        assert.equal(success, findMistakes(chosen).to === null);
      }),
    );
    assert.equal(findMistakes({ ...untouched, universe: 'own' }).tickers, 'Name at least one symbol.');
  });

  it('turns percent into ratios without dust', () => {
    const { commission, slippage } = toMarketScanInput(
      { ...untouched, commission: 0.07, slippage: 0.29 },
      'x',
    );
    assert.deepEqual([commission, slippage], [0.0007, 0.0029]);
  });

  it('opens the form with the choices of a result', () => {
    const result = {
      strategy: 'sma_cross',
      parameters: { fast: 5, slow: 20 },
      interval: '4h',
      exchange: 'files',
      stock_results: [{ ticker: 'BTC/USDT' }],
      failures: [{ ticker: 'NOPE' }],
      universe: { name: 'the symbols named', as_of: null },
      conventions: {
        cash: 5000,
        commission: 0.0007,
        slippage: 0,
        direction: 'both',
        units: 'fractional',
        last_trade: 'open',
      },
    } as unknown as MarketScanResult; // what the address is made of
    assert.deepEqual(readForm(testAgainPath(result)), {
      ...untouched,
      ...{ strategy: 'sma_cross', parameters: { fast: 5, slow: 20 }, interval: '4h', exchange: 'files' },
      ...{ universe: 'own', tickers: ['BTC/USDT', 'NOPE'], cash: 5000, commission: 0.07, slippage: 0 },
      ...{ direction: 'both', units: 'fractional', last_trade: 'open' },
    });
    const listed = { ...result, universe: { name: 'S&P 500', as_of: '2025-01-01' } };
    assert.equal(readForm(testAgainPath(listed)).universe, 'sp500');
  });

  it('draws drawdowns that are 0 at a peak and never above it', () => {
    assert.deepEqual(toDrawdowns([100, 80, 120, 90]), [0, 80 / 100 - 1, 0, 90 / 120 - 1]);
    const curve = fc.array(fc.double({ min: 0.01, max: 1e9, noNaN: true }));
    fc.assert(fc.property(curve, (equity) => toDrawdowns(equity).every((drawdown) => drawdown <= 0)));
  });

  it('tells bins of losses from bins of gains', () => {
    assert.deepEqual(toBins({ edges: [-50, -10, 10, 50], counts: [2, 1, 7] }), [
      { range: '−50 to −10 %', count: 2, direction: 'down' },
      { range: '−10 to +10 %', count: 1, direction: 'flat' },
      { range: '+10 to +50 %', count: 7, direction: 'up' },
    ]);
  });
});
