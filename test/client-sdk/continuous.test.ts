import assert from 'node:assert/strict';
import {
  type ContinuousEvent,
  createScannerClient,
  ScannerApiError,
  type ScannerClient,
} from '@fast-scanner/client';
import { continuousEventSchemas, TRADING_STYLES } from '@fast-scanner/shared';
import { TestWindows } from '../server/http/test-windows.ts';
import { eventually } from '../support/eventually.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('client.continuous', () => {
  const folder = temporaryFolder();
  const clock = new FakeClock();
  let windows: TestWindows;
  let client: ScannerClient;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path, clock });
  });
  after(() => windows.close());
  beforeEach(() => {
    client = createScannerClient({ url: windows.url });
  });
  afterEach(() => client.close());

  it('starts the scanner, hears what it tells, and stops it', async () => {
    const heard: ContinuousEvent[] = [];
    await new Promise<void>((resolve) => {
      client.continuous.watch((event) => heard.push(event), { onReady: resolve });
    });
    const { symbols, message } = await client.continuous.start({ symbols: ['BTC/USDT'] });
    assert.deepEqual(symbols, ['BTC/USDT']);
    assert.match(message, /5m, 4h, 1h, 1d/);
    await assert.rejects(client.continuous.start(), { name: 'ScannerApiError', code: 'conflict' });
    await eventually(() => assert.equal(heard.length, 1 + TRADING_STYLES.length));
    await clock.advance(60_000);
    await eventually(() => assert.equal(heard.at(-1)?.type, 'marketState'));
    assert.equal((await client.continuous.stop()).running, false);
    await eventually(() => assert.equal(heard.at(-1)?.type, 'streamStatus'));
    for (const { type, ...payload } of heard) continuousEventSchemas[type].parse(payload);
    assert.deepEqual(
      heard.map(({ seq }) => seq),
      heard.map((_, index) => index + 1),
    );
  });

  it('is asked for what was found and collected', async () => {
    const { continuous } = client;
    assert.equal((await continuous.status()).running, false);
    const { signals, count } = await continuous.signals({ symbol: 'BTC/USDT', timeframe: '1h' });
    assert.deepEqual([count, signals[0]?.style], [1, 'swing']);
    const { timeframe_details } = await continuous.confluence('BTC/USDT', { min_score: 80 });
    assert.equal(timeframe_details['swing']?.combined_score, signals[0]?.combined_score);
    assert.equal((await continuous.marketState()).breadth.coverage, 1);
    const { ohlcv, labels } = await continuous.trainingData('BTC/USDT', { days: 2 });
    assert.deepEqual([Object.keys(ohlcv).sort(), labels], [['1d', '1h', '4h', '5m'], []]);
  });

  it('reads the candles of a timeframe as the bytes of a Parquet file', async () => {
    const bytes = await client.continuous.trainingFile('BTC/USDT', { timeframe: '1h', days: 2 });
    const wanted = 'training-data/BTC/USDT?format=parquet&timeframe=1h&days=2';
    const answer = await fetch(`${windows.url}/api/scanner/${wanted}`);
    assert.deepEqual(bytes, new Uint8Array(await answer.arrayBuffer()));
    assert.equal(new TextDecoder().decode(bytes.slice(0, 4)), 'PAR1');
  });

  it('says what is wrong with a request, and that nothing is known of a symbol', async () => {
    const { continuous } = client;
    await assert.rejects(continuous.start({ config: { momentum_bias: 2 } }), (error) => {
      assert.ok(error instanceof ScannerApiError);
      assert.deepEqual(
        [error.code, error.problem.errors?.[0]?.pointer],
        ['invalid_input', '/config/momentum_bias'],
      );
      return true;
    });
    const unknown = { name: 'ScannerApiError', code: 'not_found' };
    await assert.rejects(continuous.confluence('NONE/USDT'), unknown);
    await assert.rejects(continuous.trainingData('NONE/USDT'), unknown);
    await assert.rejects(continuous.trainingFile('NONE/USDT', { timeframe: '1h' }), unknown);
  });
});
