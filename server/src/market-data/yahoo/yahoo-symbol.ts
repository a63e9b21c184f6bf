import { parseSymbol, ScannerError } from '@fast-scanner/shared';

/** Share classes, which Yahoo writes with a dash: `BRK.B`. Other endings, such as `SAP.DE`, name an exchange and stay. */
const SHARE_CLASS = /\.([A-C])$/;

/** How Yahoo writes a ticker. @throws ScannerError `symbol_unknown` when the symbol is no stock */
export function toYahooSymbol(symbol: string): string {
  if (parseSymbol(symbol)?.kind !== 'stock') {
    throw new ScannerError('symbol_unknown', `Yahoo Finance has stocks only, so it does not list ${symbol}`);
  }
  return symbol.replace(SHARE_CLASS, '-$1');
}
