import assert from 'node:assert/strict';
import { assertStrategy } from '@fast-scanner/server/analysis/backtest/assert-strategy.ts';
import {
  defaultParameters,
  parseParameters,
} from '@fast-scanner/server/analysis/backtest/parse-parameters.ts';
import { bollingerBands } from '@fast-scanner/server/analysis/backtest/strategies/bollinger-bands.ts';
import { buyAndHold } from '@fast-scanner/server/analysis/backtest/strategies/buy-and-hold.ts';
import { rsiMeanReversion } from '@fast-scanner/server/analysis/backtest/strategies/rsi-mean-reversion.ts';
import { smaCross } from '@fast-scanner/server/analysis/backtest/strategies/sma-cross.ts';
import { findStrategy, STRATEGIES } from '@fast-scanner/server/analysis/backtest/strategy-registry.ts';
import { ScannerError } from '@fast-scanner/shared';
import { strategy as example } from '../../../../examples/my-strategy.ts';

/** The error a call throws, in the short form `pointer code detail`. */
function errorsOf(call: () => unknown): string[] {
  try {
    call();
  } catch (error) {
    if (!(error instanceof ScannerError)) throw error;
    assert.equal(error.code, 'invalid_input');
    return error.errors.map(({ pointer, code, detail }) => `${pointer} ${code} ${detail}`);
  }
  return assert.fail('nothing was refused');
}

describe('parameters of strategies', () => {
  it('the original strategy has the documented id and defaults', () => {
    const strategy = findStrategy('bollinger_bands_strategy');
    assert.equal(strategy, bollingerBands);
    assert.deepEqual(defaultParameters(strategy), { period: 20, devfactor: 2 });
  });

  it('what is not named has its default', () => {
    assert.deepEqual(parseParameters(smaCross, { fast: 5 }), { fast: 5, slow: 30 });
    for (const nothing of [undefined, null, {}])
      assert.deepEqual(parseParameters(smaCross, nothing), { fast: 10, slow: 30 });
    assert.deepEqual(parseParameters(buyAndHold, {}), {});
  });

  it('a wrong value is refused with the name of its parameter and what is allowed', () => {
    assert.deepEqual(
      errorsOf(() => parseParameters(bollingerBands, { period: 1, devfactor: 11 })),
      [
        '/parameters/period too_small must be at least 2, got 1',
        '/parameters/devfactor too_big must be at most 10, got 11',
      ],
    );
    assert.deepEqual(
      errorsOf(() => parseParameters(bollingerBands, { period: 20.5, devfactor: '2' })),
      [
        '/parameters/period invalid_type must be a whole number, got 20.5',
        '/parameters/devfactor invalid_type must be a number',
      ],
    );
    for (const value of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY, [20], true])
      assert.equal(errorsOf(() => parseParameters(bollingerBands, { period: value })).length, 1);
  });

  it('an unknown parameter is refused, with the names there are', () => {
    assert.deepEqual(
      errorsOf(() => parseParameters(smaCross, { fats: 3 })),
      ['/parameters/fats unrecognized_keys unknown parameter; there are: fast, slow'],
    );
    assert.deepEqual(
      errorsOf(() => parseParameters(buyAndHold, { 'a/b~': 3 }, '/body')),
      ['/body/a~1b~0 unrecognized_keys unknown parameter; there are: none'],
    );
    assert.equal(errorsOf(() => parseParameters(smaCross, JSON.parse('{"__proto__": 1}'))).length, 1);
  });

  it('values that must rise and do not are refused, defaults included', () => {
    assert.deepEqual(
      errorsOf(() => parseParameters(smaCross, { fast: 30 })),
      ['/parameters/fast custom must be below slow (30), got 30'],
    );
    assert.deepEqual(
      errorsOf(() => parseParameters(rsiMeanReversion, { oversold: 60, overbought: 40 })),
      [
        '/parameters/oversold custom must be below exit (50), got 60',
        '/parameters/exit custom must be below overbought (40), got 50',
      ],
    );
  });

  it('something else than an object is refused', () => {
    for (const input of ['fast=3', 3, [], true])
      assert.deepEqual(
        errorsOf(() => parseParameters(smaCross, input)),
        ['/parameters invalid_type must be an object of parameter names and numbers'],
      );
  });

  it('a hostile number of unknown names gives a short answer', () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`${index}`.repeat(300), 1]));
    const errors = errorsOf(() => parseParameters(smaCross, many));
    assert.equal(errors.length, 20);
    assert.ok(errors.every((error) => error.length < 300));
  });
});

describe('the strategies there are', () => {
  it('are the documented eight, each with its own id', () => {
    assert.deepEqual(
      STRATEGIES.map(({ id }) => id),
      [
        'bollinger_bands_strategy',
        'sma_cross',
        'ema_cross',
        'rsi_mean_reversion',
        'macd_cross',
        'donchian_breakout',
        'momentum_rotation',
        'buy_and_hold',
      ],
    );
  });

  it('satisfy the contract, and so does the example; defaults are valid values', () => {
    for (const strategy of [...STRATEGIES, example]) {
      assertStrategy(strategy);
      assert.deepEqual(parseParameters(strategy, {}), defaultParameters(strategy), strategy.id);
    }
  });

  it('an unknown id is not found, and the known ones are named', () => {
    assert.throws(() => findStrategy('smacross'), { code: 'not_found', message: /"smacross".*sma_cross/ });
  });
});

describe("a user's own strategy", () => {
  it('is told everything that is missing', () => {
    assert.deepEqual(
      errorsOf(() => assertStrategy({ id: '', parameters: [{ name: 'a', type: 'float' }] })),
      [
        '/id invalid_strategy must be a text',
        '/title invalid_strategy must be a text',
        '/description invalid_strategy must be a text',
        '/lookback invalid_strategy must be a function',
        '/evaluate invalid_strategy must be a function',
        '/parameters/0/help invalid_strategy must be a text',
        '/parameters/0/type invalid_strategy must be "integer" or "number"',
        '/parameters/0/default invalid_strategy must be a number',
        '/parameters/0/min invalid_strategy must be a number',
        '/parameters/0/max invalid_strategy must be a number',
      ],
    );
    for (const nothing of [undefined, null, 'strategy', 3])
      assert.deepEqual(
        errorsOf(() => assertStrategy(nothing)),
        [
          ' invalid_strategy must be an object with id, title, description, parameters, lookback and evaluate',
        ],
      );
  });

  it('is told what contradicts itself', () => {
    const parameter = { name: 'a', type: 'integer', default: 2.5, min: 3, max: 9, help: 'a number' };
    const wrong = (changes: object) => errorsOf(() => assertStrategy({ ...buyAndHold, ...changes }));
    assert.deepEqual(wrong({ parameters: [parameter] }), [
      '/parameters/0/default invalid_strategy must lie within 3 and 9',
      '/parameters/0/default invalid_strategy must be a whole number',
    ]);
    const valid = { ...parameter, default: 5 };
    assert.deepEqual(wrong({ parameters: [valid, valid] }), [
      '/parameters/1/name invalid_strategy is used twice: a',
    ]);
    assert.deepEqual(wrong({ parameters: [valid], rising: [['a', 'b']] }), [
      '/rising invalid_strategy must be a list of lists of parameter names',
    ]);
    assert.deepEqual(wrong({ parameters: {} }), [
      '/parameters invalid_strategy must be a list (it may be empty)',
    ]);
    assert.deepEqual(wrong({ parameters: [null] }), ['/parameters/0 invalid_strategy must be an object']);
    assert.deepEqual(wrong({ lookback: () => 0.5 }), [
      '/lookback invalid_strategy must answer a whole number of candles, at least 1, got 0.5',
    ]);
  });
});
