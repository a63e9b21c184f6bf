import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { ConfigError, type ConfigProblem } from '@fast-scanner/server/config/config-error.ts';
import { type Environment, loadConfig } from '@fast-scanner/server/config/load-config.ts';

const TOKEN = 'a-token-of-some-length';

function problemsOf(env: Environment): readonly ConfigProblem[] {
  try {
    loadConfig(env);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
  return [];
}

describe('the configuration', () => {
  it('has the documented defaults for an empty environment', () => {
    const { dataDir, exchanges, ...rest } = loadConfig({});
    assert.equal(dataDir, resolve('data'));
    assert.equal(exchanges.join(), 'demo,files,binance,bybit,okx,kucoin,kucoinfutures,phemex,bitget');
    assert.deepEqual(rest, {
      port: 5000,
      host: '127.0.0.1',
      defaultExchange: 'demo',
      exchangeOptions: {},
      filesDir: null,
      filesAsOf: null,
      filesSpeed: 0,
      demoSeed: 1,
      demoLatencyMs: 0,
      universe: null,
      quickScanConcurrency: 5,
      deepAnalysisConcurrency: 2,
      scanScheduleEnabled: true,
      scanIntervalMinutes: 15,
      scanTimeframe: '1h',
      scanRetentionHours: 168,
      runRetentionMinutes: 60,
      runHistoryDays: 30,
      continuousAutostart: false,
      trainingRetentionDays: 365,
      signalHistoryDays: 730,
      signalCandleDays: 60,
      webhookAllowPrivate: false,
      predictionEnabled: true,
      apiToken: null,
      readerToken: null,
      allowedHosts: [],
      allowedOrigins: [],
      logLevel: 'info',
    });
  });

  it('reads every kind of value', () => {
    const config = loadConfig({
      PORT: ' 8080 ',
      DEFAULT_EXCHANGE: 'files',
      FILES_DIR: '/recorded',
      FILES_AS_OF: '2025-06-20T12:00:00Z',
      FILES_SPEED: '0.5',
      UNIVERSE: 'BTC/USDT, ETH/USDT:USDT,BTC/USDT',
      SCAN_SCHEDULE_ENABLED: 'false',
      SCAN_TIMEFRAME: '15m',
      EXCHANGE_OPTIONS: '{"binance":{"hostname":"127.0.0.1:9999"}}',
      API_TOKEN: TOKEN,
      ALLOWED_HOSTS: 'scanner.example',
      ALLOWED_ORIGINS: 'https://scanner.example,http://localhost:5173',
      LOG_LEVEL: 'debug',
    });
    assert.equal(config.port, 8080);
    assert.equal(config.filesDir, resolve('/recorded'));
    assert.equal(config.filesAsOf, Date.UTC(2025, 5, 20, 12));
    assert.equal(config.filesSpeed, 0.5);
    assert.deepEqual(config.universe, ['BTC/USDT', 'ETH/USDT:USDT']);
    assert.equal(config.scanScheduleEnabled, false);
    assert.equal(config.scanTimeframe, '15m');
    assert.deepEqual(config.exchangeOptions, { binance: { hostname: '127.0.0.1:9999' } });
    assert.equal(config.apiToken, TOKEN);
    assert.deepEqual(config.allowedOrigins, ['https://scanner.example', 'http://localhost:5173']);
  });

  it('takes an empty variable for an unset one', () => {
    assert.deepEqual(loadConfig({ PORT: '', API_TOKEN: ' ', UNIVERSE: '' }), loadConfig({}));
  });

  it('is frozen through and through', () => {
    const config = loadConfig({ EXCHANGE_OPTIONS: '{"binance":{"options":{"a":1}}}' });
    assert.ok(Object.isFrozen(config));
    assert.ok(Object.isFrozen(config.exchanges));
    assert.ok(Object.isFrozen(config.exchangeOptions['binance']?.['options']));
  });

  it('reports every problem at once with name, value and what is allowed', () => {
    const problems = problemsOf({
      PORT: '70000',
      SCAN_TIMEFRAME: '7m',
      UNIVERSE: 'BTC/USDT,../etc',
      QUICK_SCAN_CONCURRENCY: 'many',
    });
    assert.deepEqual(
      problems.map(({ variable }) => variable),
      ['PORT', 'UNIVERSE', 'QUICK_SCAN_CONCURRENCY', 'SCAN_TIMEFRAME'],
    );
    assert.equal(problems[0]?.detail, '"70000" is not allowed; expected a whole number from 0 to 65535');
    assert.match(problems[3]?.detail ?? '', /"7m".*one of 1m, 3m, 5m/);
  });

  it('never repeats a secret', () => {
    const [problem] = problemsOf({ API_TOKEN: 'secret' });
    assert.equal(
      problem?.detail,
      'its value is not allowed; expected at least 16 characters, without spaces',
    );
  });

  const refused: readonly (readonly [string, Environment, string])[] = [
    ['an address others can reach without a token', { HOST: '0.0.0.0' }, 'HOST'],
    ['an IPv6 wildcard without a token', { HOST: '::' }, 'HOST'],
    ['a host name without a token', { HOST: '127.example' }, 'HOST'],
    ['a reader token alone', { READER_TOKEN: TOKEN }, 'READER_TOKEN'],
    ['one token for both roles', { READER_TOKEN: TOKEN, API_TOKEN: TOKEN }, 'READER_TOKEN'],
    ['a default exchange that is not allowed', { DEFAULT_EXCHANGE: 'kraken' }, 'DEFAULT_EXCHANGE'],
    ['options of an exchange that is not allowed', { EXCHANGE_OPTIONS: '{"kraken":{}}' }, 'EXCHANGE_OPTIONS'],
    ['options that are no objects', { EXCHANGE_OPTIONS: '{"binance":1}' }, 'EXCHANGE_OPTIONS'],
    ['broken JSON', { EXCHANGE_OPTIONS: '{' }, 'EXCHANGE_OPTIONS'],
    ['recorded data by default without a folder', { DEFAULT_EXCHANGE: 'files' }, 'FILES_DIR'],
    ['a time without a zone', { FILES_AS_OF: '2025-06-20T12:00:00' }, 'FILES_AS_OF'],
    ['a day that does not exist', { FILES_AS_OF: '2025-13-01' }, 'FILES_AS_OF'],
    ['a number with something behind it', { PORT: '5000x' }, 'PORT'],
    ['a concurrency of nothing', { DEEP_ANALYSIS_CONCURRENCY: '0' }, 'DEEP_ANALYSIS_CONCURRENCY'],
    ['an origin with a path', { ALLOWED_ORIGINS: 'https://scanner.example/' }, 'ALLOWED_ORIGINS'],
    ['a yes', { SCAN_SCHEDULE_ENABLED: 'yes' }, 'SCAN_SCHEDULE_ENABLED'],
  ];
  for (const [what, env, variable] of refused) {
    it(`refuses ${what}`, () => {
      assert.deepEqual(
        problemsOf(env).map((problem) => problem.variable),
        [variable],
      );
    });
  }

  for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost']) {
    it(`needs no token on ${host}`, () => {
      assert.equal(loadConfig({ HOST: host }).host, host);
    });
  }

  it('lets others in with a token', () => {
    assert.equal(loadConfig({ HOST: '0.0.0.0', API_TOKEN: TOKEN }).host, '0.0.0.0');
  });
});
