import assert from 'node:assert/strict';
import { symbolOfFileName, toSymbolFileName } from '@fast-scanner/server/store/training/symbol-file-name.ts';
import fc from 'fast-check';
import { PROPERTY_RUNS } from '../../analysis/support/property-runs.ts';

const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 12,
});
const anything = fc.oneof(
  visible,
  fc.string(),
  fc.constantFrom('.', '..', 'CON', 'nul.txt', 'COM1', 'a/../b', '%2E%2E', 'BRK.'),
);

function nameOrNull(symbol: string): string | null {
  try {
    return toSymbolFileName(symbol);
  } catch {
    return null;
  }
}

describe('the name of a file for a symbol', () => {
  it('is readable', () => {
    const names = ['BTC/USDT', 'BTC_USDT', 'BTC:USDT', 'BTC/USDT:USDT', 'BRK.B', 'btc', '%2F'].map(
      toSymbolFileName,
    );
    assert.deepEqual(names, [
      'BTC%2FUSDT',
      'BTC_USDT',
      'BTC%3AUSDT',
      'BTC%2FUSDT%3AUSDT',
      'BRK.B',
      '%62%74%63',
      '%252F',
    ]);
  });

  it('is read back', () => {
    fc.assert(
      fc.property(anything, (symbol) => {
        const name = nameOrNull(symbol);
        if (name !== null) assert.equal(symbolOfFileName(name), symbol);
      }),
      PROPERTY_RUNS,
    );
  });

  it('is no other symbol’s, even where case does not count', () => {
    fc.assert(
      fc.property(visible, visible, (a, b) => {
        const [first, second] = [nameOrNull(a), nameOrNull(b)];
        if (a !== b && first !== null) assert.notEqual(first.toUpperCase(), second?.toUpperCase());
      }),
      PROPERTY_RUNS,
    );
    assert.notEqual(toSymbolFileName('btc').toUpperCase(), toSymbolFileName('BTC'));
  });

  it('is one harmless name on every system', () => {
    fc.assert(
      fc.property(anything, (symbol) => {
        const name = nameOrNull(symbol);
        if (name === null) return;
        assert.match(name, /^[A-Z0-9_.%-]+$/);
        assert.doesNotMatch(name, /^\.{1,2}$|\.$|\.\.|^(CON|PRN|AUX|NUL|COM\d|LPT\d)(\.|$)/);
        assert.ok(name.length <= 144);
      }),
      PROPERTY_RUNS,
    );
  });

  for (const symbol of [
    '',
    '.',
    '..',
    '../BTC',
    'A..B',
    'CON',
    'con',
    'NUL.TXT',
    'LPT1',
    'A B',
    'A\0',
    'A\n',
    'Ä',
    '1'.repeat(49),
  ]) {
    it(`is refused to ${JSON.stringify(symbol)}`, () => {
      assert.throws(() => toSymbolFileName(symbol), {
        code: 'invalid_input',
        message: /cannot be the name of a file/,
      });
    });
  }

  it('is read back from nothing but such a name', () => {
    for (const name of ['BTC/USDT', 'btc', '%2f', '%41', 'CON', '..', '', '%2E%2E', 'BRK.'])
      assert.equal(symbolOfFileName(name), null, name);
  });
});
