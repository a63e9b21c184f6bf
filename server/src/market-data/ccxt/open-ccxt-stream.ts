import { ScannerError } from '@fast-scanner/shared';
import type { CcxtExchange, CcxtStream, CcxtStreamClass } from './ccxt-exchange.ts';
import type { TickerStreamProfile } from './exchange-profiles.ts';

/** Messages are about one ticker each; larger ones end the connection. */
const MESSAGE_CAP_BYTES = 1_000_000;

export interface StreamListener {
  /** Once it aborts nothing is dialled any more. */
  readonly signal: AbortSignal;
  readonly onMessage: () => void;
  /** The socket is gone or talks nonsense. May be called more than once. */
  readonly onBreak: (error: unknown) => void;
}

export interface OpenStreamOptions {
  readonly exchangeId: string;
  readonly profile: TickerStreamProfile;
  /** Handed to ccxt's constructor, over our defaults. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Has loaded the markets. */
  readonly exchange: CcxtExchange;
  readonly listener: StreamListener;
}

/**
 * A ccxt.pro exchange for one stream. It is made anew for each, which takes 10 ms, because ccxt keeps what was ever subscribed and
 * dials again by itself; its markets are those of the exchange that is there.
 */
export async function openCcxtStream(open: OpenStreamOptions): Promise<CcxtStream> {
  const { exchangeId, profile, options, exchange, listener } = open;
  const { default: ccxt } = await import('ccxt');
  // The exchange classes are properties of ccxt.pro; the structure used here is checked by the adapter's tests.
  const classes = ccxt.pro as unknown as Readonly<Record<string, CcxtStreamClass | undefined>>;
  const Stream = classes[exchangeId];
  if (!Stream) throw new ScannerError('not_supported', `ccxt has no stream of ${exchangeId}`);
  const { options: userOptions = {}, ...constructorOptions } = options;
  const stream = new (listened(Stream, listener))({
    ...constructorOptions,
    enableRateLimit: false,
    options: {
      ...profile.options,
      ws: { options: { maxPayload: MESSAGE_CAP_BYTES } },
      ...Object(userOptions),
    },
  });
  stream.setMarketsFromExchange(exchange);
  await stream.loadHttpProxyAgent();
  return stream;
}

function listened(Stream: CcxtStreamClass, { signal, onMessage, onBreak }: StreamListener): CcxtStreamClass {
  return class extends Stream {
    override client(...url: Parameters<CcxtStream['client']>) {
      signal.throwIfAborted();
      return super.client(...url);
    }

    override handleMessage(...message: Parameters<CcxtStream['handleMessage']>): void {
      try {
        super.handleMessage(...message);
      } catch (error) {
        onBreak(error);
        return;
      }
      onMessage();
    }

    override onError(...failure: Parameters<CcxtStream['onError']>): void {
      const [client, error] = failure;
      super.onError(...failure);
      // Closing politely waits half a minute for an answer.
      client.connection?.terminate();
      onBreak(error);
    }

    override onClose(...closing: Parameters<CcxtStream['onClose']>): void {
      const [, { code }] = closing;
      super.onClose(...closing);
      onBreak(new ScannerError('exchange_unavailable', `closed the stream (${code ?? 'no code'})`));
    }

    /** ccxt prints what it cannot parse. */
    override log(): void {}
  };
}
