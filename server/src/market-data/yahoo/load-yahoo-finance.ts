import { ScannerError } from '@fast-scanner/shared';

/** The part of yahoo-finance2 that is used. */
export interface YahooFinanceClient {
  chart(symbol: string, query: YahooChartQuery, options: YahooCallOptions): Promise<unknown>;
}

export interface YahooChartQuery {
  readonly period1: Date;
  readonly period2: Date;
  readonly interval: '1d';
  readonly includePrePost: false;
  readonly return: 'object';
}

export interface YahooCallOptions {
  /** The answer's shape is checked here, for what is used of it; the library would refuse it for anything new. */
  readonly validateResult: false;
  readonly fetchOptions: { readonly signal: AbortSignal };
}

type YahooFetch = (url: string, init?: RequestInit) => Promise<Response>;

const silent = () => undefined;

/**
 * Imports yahoo-finance2 and makes a client that sends with `fetch`. Concurrency is the governor's business; the library's own queue is
 * left open and its notices are not printed.
 *
 * @throws ScannerError `exchange_unavailable` when the package, which is optional, is not installed
 */
export async function loadYahooFinance(fetch: YahooFetch): Promise<YahooFinanceClient> {
  const { default: YahooFinance } = await import('yahoo-finance2').catch((cause) => {
    throw isMissing(cause) ? notInstalled(cause) : cause;
  });
  const client = new YahooFinance({
    fetch: fetch as typeof globalThis.fetch, // the library sends texts only
    queue: { concurrency: Number.MAX_SAFE_INTEGER },
    versionCheck: false,
    validation: { logErrors: false, logOptionsErrors: false },
    logger: { info: silent, warn: silent, error: silent, debug: silent, dir: silent },
  });
  return client as unknown as YahooFinanceClient; // its overloads tell one answer type per option, ours is checked when it is read
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}

function notInstalled(cause: unknown): ScannerError {
  const detail =
    'the exchange "yahoo" needs the optional package yahoo-finance2, which is not installed; run "npm ci --include=optional" and restart';
  return new ScannerError('exchange_unavailable', detail, { cause });
}
