import { isSymbol } from '@fast-scanner/shared';

/** Quotes that are recognised at the end of a joined name such as `BTCUSDT`. */
const KNOWN_QUOTES: readonly string[] = [
  ...['USDT', 'USDC', 'FDUSD', 'BUSD', 'TUSD', 'USDP', 'USDS', 'DAI', 'USD'],
  ...['BTC', 'ETH', 'BNB', 'TRX', 'SOL', 'EUR', 'GBP', 'TRY', 'BRL', 'AUD', 'JPY', 'RUB', 'UAH'],
].sort((left, right) => right.length - left.length);

/**
 * The symbol a candle file is about, from its name without extension; `null` when it is none.
 *
 * `BTC_USDT` is `BTC/USDT` and `BTC_USDT_USDT` is `BTC/USDT:USDT`: this form can write every symbol. `BTCUSDT` is split at the longest
 * {@link KNOWN_QUOTES known quote} it ends with. Anything else that is well-formed is a symbol without a quote (`AAPL`, `BRK.B`).
 */
export function symbolFromFileName(name: string): string | null {
  const [base = '', quote, settle, ...rest] = name.split('_');
  if (rest.length > 0) return null;
  if (quote !== undefined)
    return checked(settle === undefined ? `${base}/${quote}` : `${base}/${quote}:${settle}`);
  const suffix = KNOWN_QUOTES.find((known) => name.length > known.length && name.endsWith(known));
  return checked(suffix === undefined ? name : `${name.slice(0, -suffix.length)}/${suffix}`);
}

function checked(symbol: string): string | null {
  return isSymbol(symbol) ? symbol : null;
}
