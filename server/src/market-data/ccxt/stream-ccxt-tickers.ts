import { type Clock, type Dispose, ScannerError } from '@fast-scanner/shared';
import type { CcxtStream, CcxtTicker } from './ccxt-exchange.ts';
import type { StreamListener } from './open-ccxt-stream.ts';
import { toScannerError } from './to-scanner-error.ts';

/** Several messages go into one batch. */
const BATCH_MS = 100;

export interface TickerStreamRequest {
  readonly exchangeId: string;
  /** Symbols as ccxt knows them, at least one. */
  readonly symbols: readonly string[];
  readonly symbolsPerCall: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly open: (listener: StreamListener) => Promise<CcxtStream>;
  /** Tickers that are new since the last time by ccxt's symbol, at least one. */
  readonly onNews: (tickers: ReadonlyMap<string, CcxtTicker>) => void;
}

/**
 * Watches tickers until the signal aborts or a socket breaks. Afterwards no socket is left, and none will be dialled.
 *
 * @throws ScannerError the exchange's code, or the signal's reason
 */
export async function streamCcxtTickers(request: TickerStreamRequest): Promise<never> {
  const { exchangeId, symbols, symbolsPerCall, signal, open } = request;
  const life = new AbortController();
  const ended = new Promise<never>((_resolve, reject) => {
    life.signal.addEventListener('abort', () => reject(life.signal.reason), { once: true });
  });
  ended.catch(() => undefined); // it may end before anybody waits for it
  const leave = () => life.abort(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  const batches = new TickerBatches(request);
  let stream: CcxtStream | null = null;
  try {
    signal.throwIfAborted();
    const onBreak = (error: unknown) => life.abort(error);
    stream = await open({ signal: life.signal, onMessage: () => batches.plan(stream), onBreak });
    const { has } = stream;
    if (has['watchTickers'] !== true) throw new ScannerError('not_supported', 'pushes no tickers');
    const subscribe = stream.watchTickers.bind(stream);
    const subscribed = Promise.all(chunksOf(symbols, symbolsPerCall).map((chunk) => subscribe(chunk)));
    return await Promise.race([ended, subscribed.then(() => ended)]);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw toScannerError(error, null, exchangeId);
  } finally {
    signal.removeEventListener('abort', leave);
    batches.cancel();
    life.abort(new Error('the stream has ended'));
    for (const client of Object.values(stream?.clients ?? {})) client.connection?.terminate();
  }
}

/** Gathers what is new in ccxt's tickers. */
class TickerBatches {
  readonly #request: Pick<TickerStreamRequest, 'symbols' | 'clock' | 'onNews'>;
  readonly #told = new Map<string, CcxtTicker>();
  #cancel: Dispose | null = null;

  constructor(request: Pick<TickerStreamRequest, 'symbols' | 'clock' | 'onNews'>) {
    this.#request = request;
  }

  plan(stream: CcxtStream | null): void {
    if (stream) this.#cancel ??= this.#request.clock.schedule(BATCH_MS, () => this.#tell(stream));
  }

  cancel(): void {
    this.#cancel?.();
  }

  #tell({ tickers }: CcxtStream): void {
    this.#cancel = null;
    const news = new Map<string, CcxtTicker>();
    for (const symbol of this.#request.symbols) {
      const ticker = tickers[symbol];
      if (ticker && this.#told.get(symbol) !== ticker) news.set(symbol, ticker);
    }
    for (const [symbol, ticker] of news) this.#told.set(symbol, ticker);
    if (news.size > 0) this.#request.onNews(news);
  }
}

function chunksOf(symbols: readonly string[], size: number): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(symbols.length / size) }, (_, index) =>
    symbols.slice(index * size, (index + 1) * size),
  );
}
