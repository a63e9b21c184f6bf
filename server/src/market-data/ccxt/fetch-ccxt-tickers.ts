import { ScannerError } from '@fast-scanner/shared';
import type { Market } from '../market-data-source.ts';
import type { CcxtExchange, CcxtTicker } from './ccxt-exchange.ts';

type Exchange = Pick<CcxtExchange, 'has' | 'fetchTicker' | 'fetchTickers'>;
/** Runs one call to ccxt and turns its errors into `ScannerError`s. */
type Ask = <Result>(work: () => Promise<Result>) => Promise<Result>;

const SINGLE_CALLS_AT_ONCE = 5;
/** More symbols than this would make an address that exchanges refuse as too long, and cost them as much as all tickers. */
const MOST_NAMED = 100;

/** ccxt's tickers of the markets, by ccxt's symbol: in one call per kind of market, or one per market where there is no bulk call. */
export async function fetchCcxtTickers(
  exchange: Exchange,
  markets: readonly Market[],
  ask: Ask,
): Promise<ReadonlyMap<string, CcxtTicker>> {
  const found = new Map<string, CcxtTicker>();
  for (const kind of ['spot', 'swap'] as const) {
    const symbols = markets.filter((market) => market.kind === kind).map((market) => market.symbol);
    if (symbols.length === 0) continue;
    const tickers = exchange.has['fetchTickers']
      ? await fetchBulk(exchange, { symbols, kind }, ask)
      : await fetchSingly(exchange, symbols, ask);
    for (const ticker of tickers) found.set(ticker.symbol, ticker);
  }
  return found;
}

interface BulkRequest {
  readonly symbols: readonly string[];
  readonly kind: 'spot' | 'swap';
}

async function fetchBulk(
  exchange: Exchange,
  { symbols, kind }: BulkRequest,
  ask: Ask,
): Promise<CcxtTicker[]> {
  // One symbol that is gone spoils the whole request: then all tickers of the kind are taken instead.
  const all = () => ask(() => exchange.fetchTickers(undefined, { type: kind }));
  const named = () =>
    ask(() => exchange.fetchTickers(symbols)).catch((error) =>
      isGone(error) ? all() : Promise.reject(error),
    );
  const answer = await (symbols.length > MOST_NAMED ? all() : named());
  const tickers = Object.values(answer);
  if (tickers.length === 0) throw new ScannerError('exchange_bad_response', 'sent no tickers');
  return tickers;
}

/** The first failure that is not about its symbol ends it: nothing more is asked. */
async function fetchSingly(exchange: Exchange, symbols: readonly string[], ask: Ask): Promise<CcxtTicker[]> {
  const tickers: CcxtTicker[] = [];
  const waiting = [...symbols];
  const work = async () => {
    for (let symbol = waiting.shift(); symbol !== undefined; symbol = waiting.shift()) {
      tickers.push(...(await fetchOne(exchange, symbol, ask)));
    }
  };
  const workers = Array.from({ length: SINGLE_CALLS_AT_ONCE }, work);
  try {
    await Promise.all(workers);
  } finally {
    waiting.length = 0;
    await Promise.allSettled(workers);
  }
  return tickers;
}

/** None when the symbol is gone. */
async function fetchOne(exchange: Exchange, symbol: string, ask: Ask): Promise<CcxtTicker[]> {
  try {
    return [await ask(() => exchange.fetchTicker(symbol))];
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof ScannerError && (error.code === 'symbol_unknown' || error.code === 'delisted');
}
