import {
  candlesQuerySchema,
  candlesResponseSchema,
  type ErrorCode,
  exchangesResponseSchema,
  marketSymbolsQuerySchema,
  marketSymbolsResponseSchema,
  priceQuerySchema,
  priceResponseSchema,
  pricesQuerySchema,
  pricesResponseSchema,
  symbolSchema,
} from '@fast-scanner/shared';
import { z } from 'zod';
import { EXCHANGE_ERRORS } from './exchange-errors.ts';
import type { RouteContract } from './route-contract.ts';

const tag = 'Market';

const SYMBOL_ERRORS = ['symbol_unknown', 'delisted', 'no_data'] as const satisfies readonly ErrorCode[];

/** Every route of prices and listings. */
export const MARKET_ROUTES = {
  prices: {
    method: 'get',
    path: '/api/market/prices',
    operationId: 'getPrices',
    tag,
    summary: 'Prices of 1 to 50 symbols in one call; symbols without one are told under errors',
    query: pricesQuerySchema,
    answer: pricesResponseSchema,
    errors: [...EXCHANGE_ERRORS, 'no_data'],
  },
  price: {
    method: 'get',
    path: '/api/market/price/{symbol}',
    operationId: 'getPrice',
    tag,
    summary: 'The price of one symbol; BTC/USDT and BTC%2FUSDT both work',
    params: z.object({ symbol: symbolSchema }),
    query: priceQuerySchema,
    answer: priceResponseSchema,
    errors: [...EXCHANGE_ERRORS, ...SYMBOL_ERRORS],
  },
  exchanges: {
    method: 'get',
    path: '/api/exchanges',
    operationId: 'listExchanges',
    tag,
    summary: 'The exchanges that may be used, how they fare and what they are asked at most',
    answer: exchangesResponseSchema,
    errors: [],
  },
  symbols: {
    method: 'get',
    path: '/api/market/symbols',
    operationId: 'listSymbols',
    tag,
    summary: 'What an exchange lists; those that begin with the query come first',
    query: marketSymbolsQuerySchema,
    answer: marketSymbolsResponseSchema,
    errors: EXCHANGE_ERRORS,
  },
  candles: {
    method: 'get',
    path: '/api/market/candles',
    operationId: 'getCandles',
    tag,
    summary: 'Closed candles, cleaned, and the one still forming',
    query: candlesQuerySchema,
    answer: candlesResponseSchema,
    errors: [...EXCHANGE_ERRORS, ...SYMBOL_ERRORS, 'not_supported', 'bad_data', 'stale_data'],
  },
} as const satisfies Record<string, RouteContract>;
