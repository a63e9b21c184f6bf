import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runCommand } from './run-command.ts';

const TOKEN = 'a-token-of-some-length';

describe('fast-scanner serve', () => {
  const folder = temporaryFolder();
  let other: Server | null = null;
  afterEach(() => other?.close());
  const quiet = () => ({
    DATA_DIR: join(folder.path, 'data'),
    LOG_LEVEL: 'silent',
    SCAN_SCHEDULE_ENABLED: 'false',
  });

  it('refuses an address others can reach without a token, with exit code 78', async () => {
    const { exitCode, err } = await runCommand(['serve'], { env: { HOST: '0.0.0.0' } });
    assert.equal(exitCode, 78);
    assert.match(err, /HOST: 0\.0\.0\.0 can be reached by others, so it needs API_TOKEN/);
  });

  it('names everything that is wrong at once', async () => {
    const { exitCode, err } = await runCommand(['serve', '--port', 'http'], { env: { LOG_LEVEL: 'loud' } });
    assert.equal(exitCode, 78);
    assert.match(err, /PORT: "http"/);
    assert.match(err, /LOG_LEVEL: "loud"/);
  });

  it('prints the settings it would use, .env included and secrets masked', async () => {
    writeFileSync(join(folder.path, '.env'), `API_TOKEN=${TOKEN}\nDEMO_SEED=7\n`);
    const { exitCode, out } = await runCommand(['serve', '--print-config', '--port', '6000'], {
      folder: folder.path,
    });
    assert.equal(exitCode, 0);
    assert.match(out, /^PORT=6000$/m);
    assert.match(out, /^DEMO_SEED=7$/m);
    assert.doesNotMatch(out, new RegExp(TOKEN));
  });

  it('says where it is ready and what its data is, and stops when it is told to', async () => {
    const stop = new AbortController();
    const running = runCommand(['serve', '--port', '0'], {
      env: quiet(),
      signal: stop.signal,
      onOutput: (text) => text.includes('is ready at') && stop.abort(),
    });
    const { exitCode, out } = await running;
    assert.equal(exitCode, 0);
    assert.match(out, /^Fast Scanner is ready at http:\/\/127\.0\.0\.1:\d+ · demo: simulated market\n/);
  });

  it('names the remedy when its port is in use', async () => {
    other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo; // a TCP server's address
    const { exitCode, err } = await runCommand(['serve', '--port', String(port)], { env: quiet() });
    assert.equal(exitCode, 1);
    assert.equal(
      err,
      `Port ${port} of 127.0.0.1 is in use. Stop what listens there, or choose another: PORT=${port + 1}\n`,
    );
  });

  it('says that it cannot use its data folder', async () => {
    const file = join(folder.path, 'a-file');
    writeFileSync(file, '');
    const { exitCode, err } = await runCommand(['serve', '--port', '0'], {
      env: { ...quiet(), DATA_DIR: file },
    });
    assert.equal(exitCode, 1);
    assert.match(err, /^Fast Scanner cannot start: /);
  });
});
