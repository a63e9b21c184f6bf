import assert from 'node:assert/strict';
import { symbolFromFileName } from '@fast-scanner/server/market-data/files/symbol-from-file-name.ts';
import { parseSymbol } from '@fast-scanner/shared';
import fc from 'fast-check';

const NAMES: Readonly<Record<string, string | null>> = {
  BTCUSDT: 'BTC/USDT',
  '1INCHUSDT': '1INCH/USDT',
  '1000SATSUSDT': '1000SATS/USDT',
  ETHBTC: 'ETH/BTC',
  BTCUSDC: 'BTC/USDC',
  BTCFDUSD: 'BTC/FDUSD',
  BTCTUSD: 'BTC/TUSD',
  BUSDUSDT: 'BUSD/USDT',
  BTCEUR: 'BTC/EUR',
  BTCTRY: 'BTC/TRY',
  WBTC_USDT: 'WBTC/USDT',
  BTC_USDT_USDT: 'BTC/USDT:USDT',
  AAPL: 'AAPL',
  'BRK.B': 'BRK.B',
  USDT: 'USDT',
  btcusdt: null,
  README: 'README',
  'a b': null,
  '..': null,
  '../BTCUSDT': null,
  A_B_C_D: null,
  _USDT: null,
  '': null,
};

describe('the symbol of a file name', () => {
  for (const [name, symbol] of Object.entries(NAMES)) {
    it(`"${name}" is ${symbol ?? 'none'}`, () => {
      assert.equal(symbolFromFileName(name), symbol);
    });
  }

  it('can be every spot and swap symbol, written with underscores', () => {
    const code = fc.stringMatching(/^[A-Z0-9]{1,10}$/);
    fc.assert(
      fc.property(code, code, fc.option(code), (base, quote, settle) => {
        const symbol = settle === null ? `${base}/${quote}` : `${base}/${quote}:${settle}`;
        assert.ok(parseSymbol(symbol));
        assert.equal(symbolFromFileName(symbol.replace(/[/:]/g, '_')), symbol);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});
