import { type Clock, ScannerError } from '@fast-scanner/shared';
import { SingleFlight } from '../single-flight.ts';
import { askExchange } from './ask-exchange.ts';
import type { CcxtExchange, CcxtStream } from './ccxt-exchange.ts';
import { ExchangeClock } from './exchange-clock.ts';
import type { ExchangeProfile } from './exchange-profiles.ts';
import { MarketDirectory } from './market-directory.ts';
import { openCcxtExchange } from './open-ccxt-exchange.ts';
import { type OpenStreamOptions, openCcxtStream } from './open-ccxt-stream.ts';

const MARKETS_MAX_AGE_MS = 3_600_000;

export interface ExchangeSessionOptions {
  readonly exchangeId: string;
  readonly profile: ExchangeProfile;
  /** For ccxt's constructor. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly clock: Clock;
}

/** A ccxt exchange with its markets loaded. */
export interface OpenSession {
  readonly exchange: CcxtExchange;
  readonly directory: MarketDirectory;
}

/** The one ccxt instance of an exchange: opened on first use, its markets loaded once and renewed hourly, its clock measured. */
export class ExchangeSession {
  readonly #options: ExchangeSessionOptions;
  readonly #clock: ExchangeClock;
  readonly #loads = new SingleFlight<OpenSession>();
  #exchange: Promise<CcxtExchange> | null = null;
  #open: OpenSession | null = null;
  #loadedAt = 0;

  constructor(options: ExchangeSessionOptions) {
    this.#options = options;
    this.#clock = new ExchangeClock(options.clock);
  }

  now(): number {
    return this.#clock.now();
  }

  /** The session, its markets at most an hour old. A renewal that fails leaves the markets as they were for another hour. */
  async open(signal: AbortSignal): Promise<OpenSession> {
    const open = this.#open;
    if (open && !this.#isDue()) return open;
    const renewal = this.#loads.run('markets', (loadSignal) => this.#load(loadSignal), signal);
    if (!open) return renewal;
    return renewal.catch((error) => {
      signal.throwIfAborted();
      if (!(error instanceof ScannerError)) throw error;
      this.#loadedAt = this.#options.clock.monotonic();
      return open;
    });
  }

  /** A stream beside the session, with its options and markets. */
  openStream(stream: Pick<OpenStreamOptions, 'profile' | 'exchange' | 'listener'>): Promise<CcxtStream> {
    const { exchangeId, options } = this.#options;
    return openCcxtStream({ ...stream, exchangeId, options });
  }

  /** Destroys the exchange's sockets. The caller has ended all calls. */
  async close(): Promise<void> {
    const exchange = await this.#exchange?.catch(() => null);
    await exchange?.fetchDispatcher?.destroy();
  }

  #isDue(): boolean {
    const ageMs = this.#options.clock.monotonic() - this.#loadedAt;
    return ageMs > MARKETS_MAX_AGE_MS || this.#clock.jumped;
  }

  async #load(signal: AbortSignal): Promise<OpenSession> {
    const { exchangeId, profile, clock } = this.#options;
    const exchange = await this.#import();
    const [listed] = await Promise.all([
      askExchange(exchangeId, signal, () => exchange.loadMarkets(true)),
      this.#clock.measure(() => this.#fetchTime(exchange, signal)),
    ]);
    const directory = new MarketDirectory(Object.values(listed), profile.plainSymbols);
    if (directory.markets.length === 0) {
      throw new ScannerError('exchange_bad_response', `${exchangeId} lists no markets`);
    }
    this.#loadedAt = clock.monotonic();
    this.#open = { exchange, directory };
    return this.#open;
  }

  /** Best effort: without an answer the local clock is trusted. */
  async #fetchTime(exchange: CcxtExchange, signal: AbortSignal): Promise<number | null> {
    if (exchange.has['fetchTime'] !== true) return null;
    const time = askExchange(this.#options.exchangeId, signal, () => exchange.fetchTime());
    return time.then(
      (value) => value ?? null,
      () => null,
    );
  }

  #import(): Promise<CcxtExchange> {
    this.#exchange ??= openCcxtExchange({ ...this.#options, now: () => this.#clock.now() });
    return this.#exchange;
  }
}
