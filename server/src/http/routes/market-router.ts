import type { Router } from 'express';
import type { MarketService } from '../../prices/market-service.ts';
import { MARKET_ROUTES as routes } from './market-routes.ts';
import { RouteTable } from './route-table.ts';

/** Prices and listings over HTTP. */
export function createMarketRouter(market: MarketService): Router {
  return new RouteTable()
    .add(routes.prices, ({ query }) => market.prices(query))
    .add(routes.price, ({ params, query }) => market.price(params.symbol, query))
    .add(routes.exchanges, () => market.exchanges())
    .add(routes.symbols, ({ query }) => market.symbols(query))
    .add(routes.candles, ({ query }) => market.candles(query))
    .toRouter();
}
