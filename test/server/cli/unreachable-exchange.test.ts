import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { builtServer } from '../../support/built-server.ts';
import { exchangeOptionsFor } from '../../support/exchange-server/index.ts';

/** A port of loopback where nothing listens. */
const NOWHERE = 'http://127.0.0.1:9';

describe('a scan of an exchange that cannot be reached', () => {
  it('ends with exit code 1 and the reason, though nothing but waiting is left to do', async () => {
    const EXCHANGE_OPTIONS = JSON.stringify({ binance: exchangeOptionsFor({ url: NOWHERE }) });
    const cli = fileURLToPath(new URL('cli.js', await builtServer()));
    const args = [cli, 'scan', '--exchange', 'binance', '--limit', '2'];
    const env = { ...process.env, EXCHANGE_OPTIONS };
    const { exitCode, stderr } = await new Promise<{ exitCode: unknown; stderr: string }>((resolve) => {
      execFile(process.execPath, args, { env }, (error, _, text) =>
        resolve({ exitCode: error?.code, stderr: text }),
      );
    });
    assert.equal(exitCode, 1, stderr);
    assert.match(stderr, /^Waiting for binance …$/m);
    assert.match(stderr, /exchange_unavailable|cannot be reached|ECONNREFUSED|fetch failed/);
  }).timeout(40_000);
});
