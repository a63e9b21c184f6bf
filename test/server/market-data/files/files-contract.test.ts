import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { createFilesMarketData } from '@fast-scanner/server/market-data/files/files-market-data.ts';
import { candleHistoryContract } from '../../../contracts/candle-history.contract.ts';
import { marketDataSourceContract } from '../../../contracts/market-data-source.contract.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { madeUpRows, writeCandleFile } from './write-candle-file.ts';
import { PANEL_HEADER, stockLines, writeStockPanel } from './write-stock-panel.ts';

const MONDAY = Date.UTC(2025, 0, 6);

describe('files', () => {
  const folder = temporaryFolder();

  before(() => {
    writeCandleFile(folder.path, '15m/BTCUSDT.csv.gz', madeUpRows(MONDAY, '15m', 60 * 96));
    writeCandleFile(folder.path, '15m/1INCHUSDT.csv', madeUpRows(MONDAY, '15m', 60 * 96));
    writeCandleFile(folder.path, '1d/BTCUSDT.csv', madeUpRows(MONDAY - 100 * 86_400_000, '1d', 160));
    writeStockPanel(folder.path, 'panel.csv.gz', [PANEL_HEADER, ...stockLines('AAPL')]);
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

  candleHistoryContract('files', async () => {
    const clock = new FakeClock();
    const asOf = MONDAY + 50 * 86_400_000 + 5_000_000;
    const source = await createFilesMarketData({ directory: folder.path, asOf, speed: 0, clock });
    const whole = { from: 0, to: asOf };
    return {
      feed: createCandleFeed(source, { clock }),
      dataSource: { exchange: 'files', kind: 'recorded' },
      requests: [
        { symbol: 'BTC/USDT', timeframe: '15m', from: MONDAY + 86_400_000, to: MONDAY + 3 * 86_400_000 },
        { symbol: '1INCH/USDT', timeframe: '4h', ...whole },
        { symbol: 'AAPL', timeframe: '1d', ...whole },
      ],
    };
  });
});
