import assert from 'node:assert/strict';
import { categoryOf, SYMBOL_CATEGORIES } from '@fast-scanner/server/scanners/scan-runs/symbol-categories.ts';
import fc from 'fast-check';

function categoriesOf(bases: string): Record<string, string | null> {
  return Object.fromEntries(bases.split(' ').map((base) => [base, categoryOf(base)]));
}

function all(bases: string, category: string | null): Record<string, string | null> {
  return Object.fromEntries(bases.split(' ').map((base) => [base, category]));
}

describe('the category of a coin', () => {
  it('is one of majors, memes and altcoins, and altcoins for what nobody has heard of', () => {
    const [majors, memes, altcoins] = [
      'BTC ETH SOL XRP LTC',
      'DOGE SHIB PEPE WIF TRUMP',
      'UNI AAVE NEAR T001',
    ];
    assert.deepEqual(categoriesOf(majors), all(majors, 'majors'));
    assert.deepEqual(categoriesOf(memes), all(memes, 'memes'));
    assert.deepEqual(categoriesOf(altcoins), all(altcoins, 'altcoins'));
  });

  it('is none for stablecoins, currencies, wrapped and staked doubles', () => {
    const never = 'USDT USDC FDUSD DAI USDE USD1 EUR TRY BRL EURI WBTC CBBTC STETH WBETH BNSOL';
    assert.deepEqual(categoriesOf(never), all(never, null));
  });

  it('is none for leveraged tokens, but JUP, SYRUP and UP are no leveraged tokens', () => {
    const never = 'BTCUP BTCDOWN ETHBULL XRPBEAR BTC3L ETH5S SUI2L';
    assert.deepEqual(categoriesOf(never), all(never, null));
    const coins = 'JUP SYRUP UP SETUP C98 W3S ALL';
    assert.deepEqual(categoriesOf(coins), all(coins, 'altcoins'));
  });

  it('is that of the coin for lots of it', () => {
    const lots = '1000PEPE 1000SHIB 1MBABYDOGE 1000000MOG 10000CAT';
    assert.deepEqual(categoriesOf(lots), all(lots, 'memes'));
    assert.deepEqual(categoriesOf('1INCH 1000SATS'), { '1INCH': 'altcoins', '1000SATS': 'altcoins' });
    assert.equal(categoryOf('1000USDC'), null, 'a lot of a stablecoin is one');
  });

  it('does not depend on the case and is always the same one', () => {
    const bases = fc.oneof(fc.constantFrom('btc', 'Pepe', 'usdc', 'jup', '1000Bonk'), fc.string());
    fc.assert(
      fc.property(bases, (base) => {
        const category = categoryOf(base);
        assert.ok(category === null || SYMBOL_CATEGORIES.includes(category));
        assert.equal(categoryOf(base.toLowerCase()), categoryOf(base.toUpperCase()));
      }),
    );
  });
});
