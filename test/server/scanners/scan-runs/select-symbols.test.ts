import assert from 'node:assert/strict';
import type { Market, Ticker } from '@fast-scanner/server/market-data/market-data-source.ts';
import type { MarketFeed } from '@fast-scanner/server/market-data/market-feed.ts';
import {
  type Selection,
  type SelectionRequest,
  selectSymbols,
} from '@fast-scanner/server/scanners/scan-runs/select-symbols.ts';
import {
  SYMBOL_CATEGORIES,
  type SymbolCategory,
} from '@fast-scanner/server/scanners/scan-runs/symbol-categories.ts';
import { ScannerError } from '@fast-scanner/shared';
import fc from 'fast-check';

/** Volume by symbol; `null`: the exchange does not say, `undefined`: no ticker at all. */
type Volumes = Readonly<Record<string, number | null | undefined>>;

function toMarket(symbol: string): Market {
  const [base = '', quote = null] = symbol.split(/[/:]/);
  const kind = quote === null ? 'stock' : symbol.includes(':') ? 'swap' : 'spot';
  return { symbol, base, quote, kind, active: true, tickSize: null };
}

/** An exchange that lists the symbols in the order given. */
class Listing implements MarketFeed {
  readonly dataSource = { exchange: 'somewhere', kind: 'live' } as const;
  readonly asked: (readonly string[])[] = [];
  readonly #volumes: Volumes;
  readonly #inactive: readonly string[];

  constructor(volumes: Volumes, inactive: readonly string[] = []) {
    this.#volumes = volumes;
    this.#inactive = inactive;
  }

  now = () => 0;
  markets = async () =>
    Object.keys(this.#volumes).map((symbol) => ({
      ...toMarket(symbol),
      active: !this.#inactive.includes(symbol),
    }));
  tickers = async (symbols: readonly string[]) => {
    this.asked.push(symbols);
    const known = symbols.filter((symbol) => this.#volumes[symbol] !== undefined);
    return new Map(known.map((symbol) => [symbol, this.#ticker(symbol)]));
  };
  candles = () => Promise.reject(new Error('no candles are read to choose symbols'));
  history = () => Promise.reject(new Error('no history is read to choose symbols'));
  close = async () => undefined;

  #ticker(symbol: string): Ticker {
    const quoteVolume24h = this.#volumes[symbol] ?? null;
    return { symbol, last: 1, change24hPct: null, quoteVolume24h, timestamp: 0 };
  }
}

const ALL: SelectionRequest = { limit: 10, symbols: null, categories: SYMBOL_CATEGORIES };

function choose(feed: MarketFeed, request: Partial<SelectionRequest> = {}): Promise<Selection> {
  return selectSymbols(feed, { ...ALL, ...request }, new AbortController().signal);
}

/** Every kind of coin, the most traded one in the middle. */
const MIXED: Volumes = {
  'UNI/USDT': 30,
  'USDC/USDT': 900,
  'BTC/USDT': 500,
  'PEPE/USDT': 200,
  'NEW/USDT': null,
  'ETH/USDT': 400,
  'WBTC/USDT': 600,
  'BTCUP/USDT': 700,
  'OLD/USDT': null,
  'DOGE/USDT': 300,
};

describe('the symbols of a run', () => {
  it('are the most traded first, those of unknown volume last as they are listed', async () => {
    const { symbols, note } = await choose(new Listing(MIXED), { limit: 7 });
    const expected = 'BTC/USDT ETH/USDT DOGE/USDT PEPE/USDT UNI/USDT NEW/USDT OLD/USDT';
    assert.deepEqual([symbols, note], [expected.split(' '), null]);
  });

  it('are never a stablecoin, a double or a leveraged token, however much it trades', async () => {
    const { symbols } = await choose(new Listing(MIXED), { limit: 3 });
    assert.deepEqual(symbols, ['BTC/USDT', 'ETH/USDT', 'DOGE/USDT']);
  });

  it('are of the categories that are on only, and a run that gets fewer than it asked for says so', async () => {
    const { symbols, note } = await choose(new Listing(MIXED), { categories: ['majors'], limit: 5 });
    assert.deepEqual(symbols, ['BTC/USDT', 'ETH/USDT']);
    assert.equal(note, 'asked for 5 symbols, but somewhere has 2 of majors');
  });

  it('are never of a category that is off, whatever is listed', async () => {
    const coins = fc.constantFrom('BTC', 'ETH', 'DOGE', '1000PEPE', 'UNI', 'T1', 'USDC', 'WBTC', 'ETH3L');
    const volumes = fc.dictionary(
      coins.map((coin) => `${coin}/USDT`),
      fc.option(fc.nat()),
    );
    const belongsTo: Readonly<Record<SymbolCategory, RegExp>> = {
      majors: /^(BTC|ETH)\//,
      memes: /^(DOGE|1000PEPE)\//,
      altcoins: /^(UNI|T1)\//,
    };
    const on = fc.subarray([...SYMBOL_CATEGORIES], { minLength: 1 });
    const law = fc.asyncProperty(
      volumes,
      on,
      fc.integer({ min: 1, max: 9 }),
      async (listed, categories, limit) => {
        const eligible = Object.keys(listed).filter((symbol) =>
          categories.some((one) => belongsTo[one].test(symbol)),
        );
        const chosen = await choose(new Listing(listed), { categories, limit }).catch(() => null);
        assert.equal(chosen?.symbols.length ?? 0, Math.min(limit, eligible.length));
        assert.ok(chosen?.symbols.every((symbol) => eligible.includes(symbol)) ?? true);
        if (chosen) assert.equal(chosen.note === null, eligible.length >= limit);
      },
    );
    await fc.assert(law);
  });

  it('are spot where spot is listed, each coin once, and swaps elsewhere', async () => {
    const both = { 'BTC/USDT:USDT': 900, 'BTC/USDT': 5, 'ETH/USDT:USDT': 800 };
    assert.deepEqual((await choose(new Listing(both))).symbols, ['BTC/USDT']);
    const swaps = { 'ETH/USDT:USDT': 8, 'BTC/USDT:USDT': 9 };
    assert.deepEqual((await choose(new Listing(swaps))).symbols, ['BTC/USDT:USDT', 'ETH/USDT:USDT']);
  });

  it('are quoted in one currency: USDT, else USDC, else USD; never stocks', async () => {
    const usdt = { 'BTC/USD': 9, 'ETH/USDC': 8, 'SOL/USDT': 1, AAPL: 99 };
    assert.deepEqual((await choose(new Listing(usdt))).symbols, ['SOL/USDT']);
    assert.deepEqual((await choose(new Listing({ 'BTC/USD': 9, 'ETH/USDC': 8 }))).symbols, ['ETH/USDC']);
    assert.deepEqual((await choose(new Listing({ 'BTC/USD': 9, 'SOL/EUR': 10 }))).symbols, ['BTC/USD']);
  });

  it('trade: what is halted or has no price is not chosen', async () => {
    const feed = new Listing({ 'BTC/USDT': 9, 'ETH/USDT': undefined, 'SOL/USDT': 5 }, ['BTC/USDT']);
    assert.deepEqual((await choose(feed)).symbols, ['SOL/USDT']);
  });

  it('cost one question for the tickers of all candidates', async () => {
    const feed = new Listing(MIXED);
    await choose(feed, { categories: ['memes'] });
    assert.deepEqual(feed.asked, [['PEPE/USDT', 'DOGE/USDT']]);
  });

  it('are those that were named, untouched, and nobody is asked', async () => {
    const feed = new Listing(MIXED);
    const named = ['USDC/USDT', 'NOWHERE/USDT', 'BTC/USDT'];
    assert.deepEqual(await choose(feed, { symbols: named, categories: ['memes'], limit: 1 }), {
      symbols: named,
      note: null,
    });
    assert.deepEqual(feed.asked, []);
  });

  it('that cannot be found end the run with advice', async () => {
    await assert.rejects(
      choose(new Listing({ 'BTC/USDT': 1, 'USDC/USDT': 2 }), { categories: ['memes'] }),
      (error) => {
        assert.ok(error instanceof ScannerError);
        assert.equal(error.code, 'no_data');
        assert.match(
          error.message,
          /somewhere trades nothing of memes; name some in "symbols" or switch another/,
        );
        return true;
      },
    );
  });
});
