import { SP500 } from './sp500.ts';
import type { StockUniverse } from './stock-universe.ts';

/** The lists of stocks that come with the product, by id. */
export const STOCK_UNIVERSES: ReadonlyMap<string, StockUniverse> = new Map([[SP500.id, SP500]]);
