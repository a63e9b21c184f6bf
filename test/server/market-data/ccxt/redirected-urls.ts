import ccxt from 'ccxt';

/** ccxt's `urls` option that sends an exchange's API calls to another server, paths kept. */
export function redirectedUrls(exchangeId: string, serverUrl: string): object {
  const classes = ccxt as unknown as Record<string, new () => { urls: { api: Record<string, string> } }>; // exchanges by id
  const Exchange = classes[exchangeId];
  if (!Exchange) throw new Error(`ccxt has no ${exchangeId}`);
  const entries = Object.entries(new Exchange().urls.api);
  const api = Object.fromEntries(
    entries.map(([name, url]) => [name, url.replace(/^https:\/\/[^/]+/, serverUrl)]),
  );
  return { api };
}
