import assert from 'node:assert/strict';
import { SP500, sectorOf } from '@fast-scanner/server/market-data/universes/sp500.ts';
import { STOCK_UNIVERSES } from '@fast-scanner/server/market-data/universes/stock-universes.ts';
import { parseSymbol } from '@fast-scanner/shared';

const GICS_SECTORS = [
  ...['Communication Services', 'Consumer Discretionary', 'Consumer Staples', 'Energy', 'Financials'],
  ...['Health Care', 'Industrials', 'Information Technology', 'Materials', 'Real Estate', 'Utilities'],
];

describe('the S&P 500 universe', () => {
  const tickers = SP500.members.map(({ ticker }) => ticker);

  it('has 503 different stocks in alphabetical order, share classes of one company among them', () => {
    assert.equal(new Set(tickers).size, 503);
    assert.deepEqual(tickers, [...tickers].sort());
    for (const ticker of ['AAPL', 'BRK.B', 'GOOG', 'GOOGL']) assert.ok(tickers.includes(ticker), ticker);
  });

  it('writes tickers as the product does and puts every company into one of the eleven sectors', () => {
    for (const { ticker, name, sector } of SP500.members) {
      assert.equal(parseSymbol(ticker)?.kind, 'stock', ticker);
      assert.ok(name.trim() === name && name.length > 0, ticker);
      assert.equal(sectorOf(ticker), sector);
    }
    assert.deepEqual([...new Set(SP500.members.map(({ sector }) => sector))].sort(), GICS_SECTORS);
  });

  it('says of what date it is and what that does to a test over the past', () => {
    assert.equal(SP500.asOf, '2026-08-08');
    assert.match(SP500.caveat, /Survivorship bias.*2026-08-08/);
  });

  it('is found by its id', () => {
    assert.equal(STOCK_UNIVERSES.get('sp500'), SP500);
  });

  it('knows the sectors of companies that have left, and none of what never was a member', () => {
    assert.equal(tickers.includes('AET'), false);
    assert.equal(sectorOf('AET'), 'Health Care');
    assert.equal(sectorOf('constructor'), null);
  });
});
