const NAMES: ReadonlyMap<string, string> = new Map([
  ['demo', 'Demo (simulated)'],
  ['files', 'Recorded candles'],
  ['binance', 'Binance'],
  ['bybit', 'Bybit'],
  ['okx', 'OKX'],
  ['kucoin', 'KuCoin'],
  ['kucoinfutures', 'KuCoin Futures'],
  ['phemex', 'Phemex'],
  ['bitget', 'Bitget'],
  ['yahoo', 'Yahoo Finance'],
]);

/** What people call an exchange; its id when it is not known. */
export function exchangeName(exchangeId: string): string {
  return NAMES.get(exchangeId) ?? exchangeId;
}
