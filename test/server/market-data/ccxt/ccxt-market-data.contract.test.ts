import { createCcxtMarketData } from '@fast-scanner/server/market-data/ccxt/ccxt-market-data.ts';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { marketDataSourceContract } from '../../../contracts/market-data-source.contract.ts';
import { exchangeOptionsFor, startExchangeServer } from '../../../support/exchange-server/index.ts';

marketDataSourceContract('ccxt on a Binance-like exchange', async () => {
  const server = await startExchangeServer({ symbols: 3 });
  const options = exchangeOptionsFor(server);
  return {
    source: createCcxtMarketData({ exchangeId: 'binance', options, clock: systemClock }),
    symbols: server.symbols,
    timeframes: ['5m', '1h', '1d', '1w'],
    teardown: () => server.close(),
  };
});
