import assert from 'node:assert/strict';
import {
  CONTINUOUS_STREAMS,
  continuousSignalsResponseSchema,
  continuousStatusResponseSchema,
  marketStateResponseSchema,
  startContinuousResponseSchema,
  stopContinuousResponseSchema,
  TRADING_STYLES,
  timeframeConfluenceResponseSchema,
  trainingDataResponseSchema,
} from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from './expect-problem.ts';
import { sendJson } from './raw-request.ts';
import { TestClient } from './test-client.ts';
import { TestWindows } from './test-windows.ts';

const PATH = '/api/scanner/continuous';
const TRAINING = '/api/scanner/training-data';
const SYMBOLS = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT'];
const SOURCE = { exchange: 'demo', kind: 'simulated' };

describe('the routes of the continuous scanner', () => {
  const folder = temporaryFolder();
  const clock = new FakeClock();
  let windows: TestWindows;
  let client: TestClient;

  const post = (path: string, body: unknown = {}) => sendJson(windows.port, `${PATH}/${path}`, body);
  const status = () => client.get(`${PATH}/status`, continuousStatusResponseSchema);
  const signals = (query = '') => client.get(`${PATH}/signals${query}`, continuousSignalsResponseSchema);
  const confluence = (rest: string) =>
    client.get(`${PATH}/confluence/${rest}`, timeframeConfluenceResponseSchema);

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path, clock });
    client = new TestClient(windows);
  });
  after(() => windows.close());

  it('answer that it does not run and that nothing is known yet', async () => {
    const { running, uptime_s, started_at, symbols, market_state, config } = await status();
    assert.deepEqual([running, uptime_s, started_at, symbols, market_state], [false, null, null, [], null]);
    assert.equal(config.timeframes.scalp, '5m');
    assert.equal((await signals()).count, 0);
    const paths = [`${PATH}/confluence/BTC/USDT`, `${PATH}/market-state`, `${TRAINING}/BTC/USDT`];
    for (const path of [...paths, `${TRAINING}/BTC/USDT?format=parquet&timeframe=1h`])
      expectProblem(await client.ask(path), 'not_found');
    assert.equal(await client.metric('fast_scanner_continuous_running'), 0);
  });

  it('start it once, on what was asked for', async () => {
    const config = { momentum_bias: 0.7 };
    const started = await post('start', { symbols: [...SYMBOLS, 'BTC/USDT'], config });
    assert.equal(started.status, 200, started.text);
    const answer = startContinuousResponseSchema.parse(JSON.parse(started.text));
    assert.deepEqual([answer.symbols, answer.data_sources], [SYMBOLS, [SOURCE]]);
    assert.equal(answer.config.momentum_bias, 0.7);
    expectProblem(await post('start'), 'conflict');
    await eventually(async () =>
      assert.equal((await signals()).count, SYMBOLS.length * TRADING_STYLES.length),
    );
  });

  it('answer the newest signals by score, symbol, style, length, kind and exchange', async () => {
    const all = (await signals()).signals;
    const [best] = [...all].sort((a, b) => b.combined_score - a.combined_score);
    assert.ok(best);
    const queries: readonly (readonly [query: string, matches: (signal: (typeof all)[number]) => boolean])[] =
      [
        [`?min_score=${best.combined_score}`, (signal) => signal.combined_score >= best.combined_score],
        ['?symbol=ETH/USDT', ({ symbol }) => symbol === 'ETH/USDT'],
        ['?timeframe=swing', ({ style }) => style === 'swing'],
        [
          '?timeframe=1h&symbol=SOL%2FUSDT',
          (signal) => signal.timeframe === '1h' && signal.symbol === 'SOL/USDT',
        ],
        [`?signal_type=${best.signal_type}`, ({ signal_type }) => signal_type === best.signal_type],
        ['?exchange=binance', ({ exchange }) => exchange === 'binance'],
      ];
    for (const [query, matches] of queries)
      assert.deepEqual((await signals(query)).signals, all.filter(matches), query);
    assert.deepEqual((await signals('?limit=2')).signals, all.slice(0, 2));
    assert.deepEqual((await signals()).data_sources, [SOURCE]);
  });

  it('answer whether the timeframes of a symbol agree, its slash encoded or not', async () => {
    const answer = await confluence('BTC/USDT');
    assert.deepEqual(answer, await confluence('BTC%2FUSDT'));
    assert.deepEqual([answer.symbol, answer.timeframes_analyzed], ['BTC/USDT', TRADING_STYLES.length]);
    assert.deepEqual(answer.data_source, SOURCE);
    for (const style of TRADING_STYLES) {
      const [newest] = (await signals(`?symbol=BTC/USDT&timeframe=${style}`)).signals;
      assert.equal(answer.timeframe_details[style]?.combined_score, newest?.combined_score);
    }
    assert.equal((await confluence('BTC/USDT?min_score=100')).confluence, false);
    expectProblem(await client.ask(`${PATH}/confluence/NONE/USDT`), 'not_found');
  });

  it('answer the state of the market once it was read, and how the streams fare', async () => {
    await clock.advance(60_000);
    const { success, data_sources, ...state } = await eventually(() =>
      client.get(`${PATH}/market-state`, marketStateResponseSchema),
    );
    assert.ok(success);
    assert.deepEqual(data_sources, [SOURCE]);
    assert.equal(state.breadth.coverage, 1);
    const answer = await status();
    assert.deepEqual(answer.market_state, state);
    assert.deepEqual([answer.running, answer.uptime_s, answer.symbols], [true, 60, SYMBOLS]);
    assert.equal(answer.buffer_stats.signals, (await signals()).count);
    await eventually(async () => {
      const { streams } = await status();
      for (const stream of CONTINUOUS_STREAMS) {
        assert.deepEqual(streams[stream].last_error, null);
        assert.notEqual(streams[stream].last_run_at, null, `${stream} has not ended its first run`);
      }
    });
  });

  it('answer the training data as JSON, oldest first', async () => {
    const path = `${TRAINING}/BTC%2FUSDT?days=3650`;
    const { symbol, days, ...data } = await client.get(path, trainingDataResponseSchema);
    assert.deepEqual([symbol, days, data.data_source], ['BTC/USDT', 3650, SOURCE]);
    assert.deepEqual(Object.keys(data.ohlcv).sort(), ['1d', '1h', '4h', '5m']);
    for (const rows of Object.values(data.ohlcv)) {
      const times = rows.map(([openTime = 0]) => openTime);
      assert.deepEqual(
        times,
        [...new Set(times)].sort((a, b) => a - b),
      );
    }
    const told = (await signals('?symbol=BTC/USDT')).signals;
    const keyOf = (one: object) => JSON.stringify(one);
    assert.deepEqual(data.signals.map(keyOf).sort(), told.map(keyOf).sort());
    assert.equal(data.clustering.length, TRADING_STYLES.length);
    const recent = await client.get(`${TRAINING}/BTC/USDT?days=1`, trainingDataResponseSchema);
    assert.ok((recent.ohlcv['1h']?.length ?? 0) < (data.ohlcv['1h']?.length ?? 0));
  });

  it('answer the candles of a timeframe as a Parquet file to be saved', async () => {
    const path = `${TRAINING}/BTC/USDT?format=parquet&timeframe=1h`;
    const { status: code, headers, text } = await client.ask(path);
    assert.deepEqual([code, headers['content-type']], [200, 'application/vnd.apache.parquet']);
    assert.match(
      String(headers['content-disposition']),
      /^attachment; filename=demo-BTC%2FUSDT-1h-ohlcv\.parquet;/,
    );
    assert.deepEqual([text.slice(0, 4), text.slice(-4)], ['PAR1', 'PAR1']);
    expectProblem(await client.ask(`${TRAINING}/BTC/USDT?format=parquet&timeframe=1w`), 'not_found');
  });

  it('count what it does', async () => {
    assert.equal(await client.metric('fast_scanner_continuous_running'), 1);
    const { streams } = await status();
    const { text } = await client.ask('/metrics');
    for (const stream of CONTINUOUS_STREAMS) {
      const lag = `fast_scanner_continuous_lag_seconds{stream="${stream}"} ${(streams[stream].lag_ms ?? 0) / 1000}`;
      assert.ok(text.split('\n').includes(lag), lag);
      assert.ok(
        text.split('\n').includes(`fast_scanner_continuous_errors_total{stream="${stream}"} 0`),
        stream,
      );
    }
  });

  it('name every wrong field where it was written', async () => {
    const bodies: readonly (readonly [body: object, pointers: readonly string[]])[] = [
      [{ symbols: [] }, ['/symbols']],
      [{ symbols: ['BTC/USDT', '../x'] }, ['/symbols/1']],
      [{ exchanges: ['Demo'], wrong: 1 }, ['/exchanges/0', '/wrong']],
      [
        { config: { momentum_bias: 2, scan_interval: 0 } },
        ['/config/scan_interval', '/config/momentum_bias'],
      ],
      [{ config: { timeframes: { scalp: '1h' } } }, ['/config/timeframes']],
    ];
    for (const [body, pointers] of bodies) {
      const { errors = [] } = expectProblem(await post('start', body), 'invalid_input');
      assert.deepEqual(
        errors.map(({ pointer }) => pointer),
        pointers,
      );
    }
    const paths = {
      [`${PATH}/status?verbose=1`]: '?verbose',
      [`${PATH}/signals?min_score=101`]: '?min_score',
      [`${PATH}/signals?timeframe=2m`]: '?timeframe',
      [`${PATH}/confluence/BTC%00USDT`]: '/symbol',
      [`${TRAINING}/BTC/USDT?format=parquet`]: '?timeframe',
      [`${TRAINING}/BTC/USDT?timeframe=1h`]: '?timeframe',
      [`${TRAINING}/..%2f..%2fetc%2fpasswd`]: '/symbol',
    };
    for (const [path, pointer] of Object.entries(paths)) {
      const { errors = [] } = expectProblem(await client.ask(path), 'invalid_input');
      assert.deepEqual(
        errors.map((error) => error.pointer),
        [pointer],
      );
    }
  });

  it('stop it, which is harmless when it has stopped; its signals stay', async () => {
    const stop = async () =>
      stopContinuousResponseSchema.parse(JSON.parse((await post('stop')).text)).uptime_s;
    const before = await signals();
    assert.deepEqual([await stop(), await stop()], [60, null]);
    const { running, streams } = await status();
    assert.deepEqual([running, streams.signals.last_run_at], [false, null]);
    assert.deepEqual((await signals()).signals, before.signals);
    assert.equal(await client.metric('fast_scanner_continuous_running'), 0);
    assert.doesNotMatch((await client.ask('/metrics')).text, /continuous_lag_seconds\{/);
    expectProblem(await post('start', { exchanges: ['mtgox'] }), 'exchange_unknown');
  });

  it('say and count what fails', async () => {
    await post('start', { symbols: ['NONE/USDT'] });
    const { signals: failing, price } = await eventually(async () => {
      const { streams } = await status();
      assert.ok(streams.signals.last_run_at, 'the first run has ended');
      return streams;
    });
    assert.ok(failing.errors > 0);
    assert.deepEqual([failing.last_error?.code, price.errors], ['symbol_unknown', 0]);
    const name = 'fast_scanner_continuous_errors_total{stream="signals"}';
    assert.equal(await client.metric(name), failing.errors);
    await post('stop');
    assert.equal(await client.metric(name), 0);
  });
});
