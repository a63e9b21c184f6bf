import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Prints a line when ccxt is resolved, and spares the test its loading. Runs in the loader's thread, where only raw output works. */
const HOOK = `export async function resolve(specifier, context, next) {
  if (specifier === 'ccxt') {
    process._rawDebug('ccxt is imported');
    throw new Error('it is not there');
  }
  return next(specifier, context);
}`;

const SCRIPT = `
  import { register } from 'node:module';
  register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(HOOK)}`)});
  const { createCcxtMarketData } = await import('@fast-scanner/server/market-data/ccxt/ccxt-market-data.ts');
  const clock = { now: () => 0, monotonic: () => 0, schedule: () => () => {} };
  const source = createCcxtMarketData({ exchangeId: 'binance', clock, options: { urls: { api: { public: 'http://127.0.0.1:1' } } } });
  console.error('made');
  await source.listMarkets().catch((error) => console.error(error.message));
  await source.close();
`;

describe('making a live source', () => {
  it('does not import ccxt: its first call does', async () => {
    const { stderr } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', SCRIPT]);
    const lines = stderr.trim().split('\n');
    assert.deepEqual(lines, ['made', 'ccxt is imported', 'it is not there']);
  });
});
