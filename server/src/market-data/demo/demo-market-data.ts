import { type CandleColumns, type Clock, type DataSource, ScannerError, sleep } from '@fast-scanner/shared';
import { EventLoopBudget } from '../event-loop-budget.ts';
import type { CallOptions, CandleRequest, Market, MarketDataSource, Ticker } from '../market-data-source.ts';
import { OpenCalls } from '../open-calls.ts';
import { createDemoCandles } from './demo-candles.ts';
import { createDemoTicker } from './demo-ticker.ts';
import { SimulatedMarket } from './simulated-market.ts';
import { createSymbolProfiles, type SymbolProfile } from './symbol-profile.ts';

export interface DemoMarketDataOptions {
  /** Fixes the whole market: equal seeds give equal candles in every process. */
  readonly seed: number;
  /** Every call takes this long, as a remote exchange's would. */
  readonly latencyMs: number;
  readonly clock: Clock;
}

/** Units of work of {@link SimulatedMarket} in one turn of the event loop: some 3 ms when everything has to be made. */
const UNITS_PER_TURN = 20_000;

/** A simulated exchange of 200 symbols that needs no network. Every answer depends on the seed and the time alone. */
export function createDemoMarketData(options: DemoMarketDataOptions): MarketDataSource {
  return new DemoMarketData(options);
}

class DemoMarketData implements MarketDataSource {
  readonly dataSource: DataSource = { exchange: 'demo', kind: 'simulated' };
  readonly #clock: Clock;
  readonly #latencyMs: number;
  readonly #budget = new EventLoopBudget(UNITS_PER_TURN);
  readonly #market: SimulatedMarket;
  readonly #profiles: ReadonlyMap<string, SymbolProfile>;
  readonly #markets: readonly Market[];
  readonly #calls = new OpenCalls();

  constructor({ seed, latencyMs, clock }: DemoMarketDataOptions) {
    this.#clock = clock;
    this.#latencyMs = latencyMs;
    this.#market = new SimulatedMarket(seed, this.#budget);
    const profiles = createSymbolProfiles(seed);
    this.#profiles = new Map(profiles.map((profile) => [profile.symbol, profile]));
    this.#markets = profiles.map(toMarket);
  }

  now(): number {
    return this.#clock.now();
  }

  listMarkets({ signal }: CallOptions = {}): Promise<readonly Market[]> {
    return this.#calls.run(signal, async (callSignal) => {
      await this.#travel(callSignal);
      return this.#markets;
    });
  }

  fetchCandles(request: CandleRequest, { signal }: CallOptions = {}): Promise<CandleColumns> {
    return this.#calls.run(signal, async (callSignal) => {
      await this.#travel(callSignal);
      const profile = this.#profiles.get(request.symbol);
      if (!profile)
        throw new ScannerError('symbol_unknown', `The demo market does not list ${request.symbol}`);
      const context = { market: this.#market, budget: this.#budget, nowMs: this.now(), signal: callSignal };
      return createDemoCandles(profile, request, context);
    });
  }

  fetchTickers(
    symbols: readonly string[],
    { signal }: CallOptions = {},
  ): Promise<ReadonlyMap<string, Ticker>> {
    return this.#calls.run(signal, async (callSignal) => {
      await this.#travel(callSignal);
      return this.#formTickers(symbols, callSignal);
    });
  }

  close(): Promise<void> {
    return this.#calls.close();
  }

  async #formTickers(symbols: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Ticker>> {
    const nowMs = this.now();
    const tickers = new Map<string, Ticker>();
    for (const symbol of symbols) {
      await this.#budget.available();
      signal.throwIfAborted();
      const profile = this.#profiles.get(symbol);
      const ticker = profile ? createDemoTicker(this.#market, profile, nowMs) : null;
      if (ticker) tickers.set(symbol, ticker);
    }
    return tickers;
  }

  async #travel(signal: AbortSignal): Promise<void> {
    if (this.#latencyMs > 0) await sleep(this.#clock, this.#latencyMs, signal);
  }
}

function toMarket({ symbol, base, quote, ticksPerUnit }: SymbolProfile): Market {
  return { symbol, base, quote, kind: 'spot', active: true, tickSize: 1 / ticksPerUnit };
}
