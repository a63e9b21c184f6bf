import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Makes the package as good as not installed and tells when it is asked for. Runs in the loader's thread, where only raw output works. */
const HOOK = `export async function resolve(specifier, context, next) {
  if (specifier !== 'yahoo-finance2') return next(specifier, context);
  process._rawDebug('yahoo-finance2 is imported');
  return next('yahoo-finance2-that-is-not-installed', context);
}`;

const SCRIPT = `
  import { register } from 'node:module';
  register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(HOOK)}`)});
  const { createYahooMarketData } = await import('@fast-scanner/server/market-data/yahoo/yahoo-market-data.ts');
  const clock = { now: () => 1e12, monotonic: () => 0, schedule: () => () => {} };
  const source = createYahooMarketData({ clock, cacheDir: '/nowhere', baseUrl: 'http://127.0.0.1:1', run: (work) => work() });
  console.error((await source.listMarkets()).length);
  const request = { symbol: 'AAPL', timeframe: '1d', limit: 5 };
  await source.fetchCandles(request).catch(({ code, message }) => console.error(code, message));
  await source.close();
`;

describe('the package for Yahoo Finance', () => {
  it('is imported by the first request only; without it the error says what to run', async () => {
    const { stderr } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', SCRIPT]);
    const [markets, imported, failure = '', ...rest] = stderr.trim().split('\n');
    assert.deepEqual([markets, imported, rest], ['503', 'yahoo-finance2 is imported', []]);
    assert.match(
      failure,
      /^exchange_unavailable .*yahoo-finance2.* not installed; run "npm ci --include=optional"/,
    );
  });
});
