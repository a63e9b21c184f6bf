import { ScannerError } from '@fast-scanner/shared';
import { callContext } from './call-context.ts';
import type {
  CcxtExchange,
  CcxtExchangeClass,
  HandledAnswer,
  TransportRequest,
  TransportResponse,
} from './ccxt-exchange.ts';
import type { ExchangeProfile } from './exchange-profiles.ts';
import { sendGuarded } from './guarded-transport.ts';
import { parseRetryAfter } from './parse-retry-after.ts';

const REQUEST_TIMEOUT_MS = 10_000;

export interface OpenExchangeOptions {
  readonly exchangeId: string;
  readonly profile: ExchangeProfile;
  /** Handed to ccxt's constructor, over our defaults. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The exchange's clock, which ccxt computes candle windows with. */
  readonly now: () => number;
}

/**
 * A ccxt exchange whose requests obey the signal of the running {@link callContext}. Imports ccxt on first use: that takes
 * a second and 80 MB.
 *
 * ccxt's own rate limiter and retries stay off: it spaces starts by the wall clock and ignores Retry-After; the request
 * governor in front does both. `fetchImplementation`, ccxt's documented hook, is not used because it moves requests to a
 * legacy transport whose proxies need packages of their own.
 */
export async function openCcxtExchange({
  exchangeId,
  profile,
  options,
  now,
}: OpenExchangeOptions): Promise<CcxtExchange> {
  const { default: ccxt } = await import('ccxt');
  // The exchange classes are properties of ccxt; the structure used here is checked by the adapter's tests.
  const classes = ccxt as unknown as Readonly<Record<string, CcxtExchangeClass | undefined>>;
  const Exchange = classes[exchangeId];
  if (!Exchange) throw new ScannerError('exchange_unknown', `ccxt has no exchange ${exchangeId}`);
  const { options: userOptions = {}, has = {}, ...constructorOptions } = options;
  return new (guarded(Exchange, now))({
    timeout: REQUEST_TIMEOUT_MS,
    ...constructorOptions,
    // Everything read here is in the markets; some exchanges would ask for currencies in a second, larger request.
    has: { fetchCurrencies: false, ...Object(has) },
    enableRateLimit: false,
    options: { fetchMarkets: profile.fetchMarkets, ...Object(userOptions), maxRetriesOnFailure: 0 },
  });
}

function guarded(Exchange: CcxtExchangeClass, now: () => number): CcxtExchangeClass {
  return class extends Exchange {
    constructor(options: object) {
      super(options);
      // ccxt sets it on the instance too, over anything a class declares.
      this.milliseconds = () => Math.floor(now());
    }

    override undiciRequest(url: string, request: TransportRequest): Promise<TransportResponse> {
      const call = callContext.getStore();
      const undici = this.undiciModule;
      if (!undici) throw new Error('ccxt did not load undici');
      const signal = call ? AbortSignal.any([request.signal, call.signal]) : request.signal;
      return sendGuarded((...sent) => undici.request(...sent), url, { ...request, signal });
    }

    override handleErrors(...answer: HandledAnswer): unknown {
      const [status, , , , headers, , parsedBody] = answer;
      const call = callContext.getStore();
      if (call && status >= 400) {
        call.failure = { status, retryAfterMs: parseRetryAfter(headers['Retry-After'], now()) };
      }
      if (status < 300 && parsedBody === undefined) {
        throw new ScannerError('exchange_bad_response', 'sent no readable JSON');
      }
      return super.handleErrors(...answer);
    }
  };
}
