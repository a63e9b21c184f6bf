/** Public candle requests a second, with headroom under each exchange's published limit per address. */
const BUDGETS: ReadonlyMap<string, number> = new Map([
  ['binance', 45], // 6,000 weight a minute, candles weigh 2
  ['bybit', 60], // 600 requests in 5 s
  ['okx', 15], // 40 candle requests in 2 s
  ['kucoin', 30], // 4,000 points in 30 s, candles cost 3
  ['kucoinfutures', 15], // 2,000 points in 30 s, candles cost 3
  ['phemex', 8], // 5,000 requests in 5 minutes
  ['bitget', 15], // 20 candle requests a second
  ['yahoo', 2], // publishes no limit, answers 429 to some thousands an hour
]);

const CAUTIOUS_BUDGET = 5;

/** Requests a second to an exchange: as configured, else what it takes gladly, which is few when it is not known. */
export function requestBudgetOf(exchangeId: string, configured?: unknown): number {
  if (typeof configured === 'number') return configured;
  return BUDGETS.get(exchangeId) ?? CAUTIOUS_BUDGET;
}
