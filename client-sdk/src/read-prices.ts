import type { Price, PriceResponse, PricesResponse } from '@fast-scanner/shared';
import type { HttpTransport } from './http-transport.ts';
import { ScannerApiError } from './scanner-api-error.ts';

export interface ReadPricesOptions {
  readonly exchange?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Up to so many symbols are asked for singly: each answer stands alone, and the server makes one call of them all the same. */
const MOST_SINGLE = 3;
/** What the server takes in one bulk request. */
const MOST_BULK = 50;
const LANES = 5;

/** The prices of the symbols that have one. @throws the first error when none has one */
export async function readPrices(
  http: HttpTransport,
  symbols: readonly string[],
  options: ReadPricesOptions,
): Promise<Map<string, Price>> {
  const wanted = [...new Set(symbols)];
  const prices =
    wanted.length > MOST_SINGLE
      ? await readInBulk(http, wanted, options)
      : await readSingly(http, wanted, options);
  return new Map(prices.map((price) => [price.symbol, price]));
}

async function readInBulk(
  http: HttpTransport,
  symbols: readonly string[],
  options: ReadPricesOptions,
): Promise<readonly Price[]> {
  const parts: Price[] = [];
  for (let start = 0; start < symbols.length; start += MOST_BULK) {
    const part = symbols.slice(start, start + MOST_BULK);
    const answer = await requestBulk(http, part, options).catch((error) => {
      if (!mayGoSingly(error)) throw error;
      return readSingly(http, part, options);
    });
    parts.push(...answer);
  }
  return parts;
}

/** One bulk request, at most 50 symbols. */
async function requestBulk(
  http: HttpTransport,
  symbols: readonly string[],
  { exchange, signal }: ReadPricesOptions,
): Promise<readonly Price[]> {
  const query = new URLSearchParams({ symbols: symbols.join(','), ...(exchange && { exchange }) });
  return (await http.request<PricesResponse>(`/api/market/prices?${query}`, { signal })).prices;
}

/** The bulk call failed on the server's side, and it was not that none of the symbols has a price. */
function mayGoSingly(error: unknown): boolean {
  return error instanceof ScannerApiError && (error.status ?? 0) >= 500 && error.code !== 'no_data';
}

async function readSingly(
  http: HttpTransport,
  symbols: readonly string[],
  { exchange, signal }: ReadPricesOptions,
): Promise<readonly Price[]> {
  const query = exchange === undefined ? '' : `?${new URLSearchParams({ exchange })}`;
  const waiting = [...symbols];
  const prices: Price[] = [];
  const errors: unknown[] = [];
  const lane = async () => {
    for (let symbol = waiting.shift(); symbol !== undefined; symbol = waiting.shift()) {
      const path = `/api/market/price/${encodeURIComponent(symbol)}${query}`;
      await http.request<PriceResponse>(path, { signal }).then(
        ({ price, timestamp, ageMs, change24h, symbol: name }) =>
          prices.push({ symbol: name, price, timestamp, ageMs, change24h }),
        (error) => errors.push(error),
      );
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  signal?.throwIfAborted();
  if (prices.length === 0 && errors.length > 0) throw errors[0];
  return prices;
}
