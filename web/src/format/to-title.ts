import { capitalize } from './capitalize.ts';

/** Words that are not written as they stand in a name. */
const SPELLINGS: Readonly<Record<string, string>> = {
  adx: 'ADX',
  atr: 'ATR',
  cci: 'CCI',
  devfactor: 'dev factor',
  di: 'DI',
  ema: 'EMA',
  macd: 'MACD',
  mfi: 'MFI',
  obv: 'OBV',
  rsi: 'RSI',
  sma: 'SMA',
  vwap: 'VWAP',
};

/** `trend_strength` and `trendStrength` as `Trend strength`, `rsi_zone` as `RSI zone`, `adx_di` as `ADX/DI`. */
export function toTitle(name: string): string {
  const words = name
    .replaceAll('_', ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[a-z]+/g, (word) => SPELLINGS[word] ?? word)
    .replace('ADX DI', 'ADX/DI');
  return capitalize(words);
}
