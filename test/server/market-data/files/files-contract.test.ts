import { createFilesMarketData } from '@fast-scanner/server/market-data/files/files-market-data.ts';
import { marketDataSourceContract } from '../../../contracts/market-data-source.contract.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { madeUpRows, writeCandleFile } from './write-candle-file.ts';

const MONDAY = Date.UTC(2025, 0, 6);

describe('files', () => {
  const folder = temporaryFolder();

  before(() => {
    writeCandleFile(folder.path, '15m/BTCUSDT.csv.gz', madeUpRows(MONDAY, '15m', 60 * 96));
    writeCandleFile(folder.path, '15m/1INCHUSDT.csv', madeUpRows(MONDAY, '15m', 60 * 96));
    writeCandleFile(folder.path, '1d/BTCUSDT.csv', madeUpRows(MONDAY - 100 * 86_400_000, '1d', 160));
  });

  const asOfCases = [
    { name: 'at the end of the data', asOf: null, speed: 0 },
    { name: 'inside a candle', asOf: MONDAY + 50 * 86_400_000 + 5_000_000, speed: 0 },
    { name: 'running', asOf: MONDAY + 50 * 86_400_000 + 5_000_000, speed: 60 },
  ];
  for (const { name, asOf, speed } of asOfCases) {
    marketDataSourceContract(`files standing ${name}`, async () => ({
      source: await createFilesMarketData({ directory: folder.path, asOf, speed, clock: new FakeClock() }),
      symbols: ['BTC/USDT', '1INCH/USDT'],
      timeframes: ['15m', '30m', '1h', '4h', '1d'],
    }));
  }
});
