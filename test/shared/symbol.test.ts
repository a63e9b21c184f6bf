import assert from 'node:assert/strict';
import { isSymbol, parseSymbol } from '@fast-scanner/shared';

describe('symbols', () => {
  it('are spot, swap or stock', () => {
    assert.deepEqual(parseSymbol('BTC/USDT'), { kind: 'spot', base: 'BTC', quote: 'USDT', settle: null });
    assert.deepEqual(parseSymbol('BTC/USDT:USDT'), {
      kind: 'swap',
      base: 'BTC',
      quote: 'USDT',
      settle: 'USDT',
    });
    assert.deepEqual(parseSymbol('BRK.B'), { kind: 'stock', base: 'BRK.B', quote: null, settle: null });
    assert.equal(parseSymbol('1000SATS/USDT')?.base, '1000SATS');
  });

  for (const text of [
    '',
    '..',
    '../X',
    'A/../B',
    'btc/usdt',
    'BTC USDT',
    'BTC/USDT\0',
    'BTC//USDT',
    '/USDT',
    'BTC/',
    'A..B',
    `${'A'.repeat(21)}/USDT`,
    '=cmd',
    'БТЦ/USDT',
    '__proto__',
  ]) {
    it(`are not ${JSON.stringify(text)}`, () => {
      assert.equal(isSymbol(text), false);
      assert.equal(parseSymbol(text), null);
    });
  }
});
