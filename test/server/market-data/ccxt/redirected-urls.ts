import ccxt from 'ccxt';

/** Addresses by name, some exchanges' in groups. */
interface Addresses {
  readonly [name: string]: string | Addresses;
}

/** ccxt's `urls` option that sends an exchange's API calls and streams to another server, paths kept. */
export function redirectedUrls(exchangeId: string, serverUrl: string): object {
  const classes = ccxt.pro as unknown as Record<string, new () => { urls: { api: Addresses } }>; // exchanges by id
  const Exchange = classes[exchangeId];
  if (!Exchange) throw new Error(`ccxt has no ${exchangeId}`);
  return { api: redirected(new Exchange().urls.api, serverUrl) };
}

function redirected(addresses: Addresses, serverUrl: string): Addresses {
  return Object.fromEntries(
    Object.entries(addresses).map(([name, address]) => [
      name,
      typeof address === 'string' ? toServer(address, serverUrl) : redirected(address, serverUrl),
    ]),
  );
}

function toServer(address: string, serverUrl: string): string {
  const target = address.startsWith('wss:') ? serverUrl.replace('http', 'ws') : serverUrl;
  return address.replace(/^(https|wss):\/\/[^/]+/, target);
}
