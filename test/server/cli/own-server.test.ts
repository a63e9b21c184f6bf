import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { isListening } from '@fast-scanner/server/cli/server/is-listening.ts';
import { runResponseSchema, runsResponseSchema } from '@fast-scanner/shared';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runCommand } from './run-command.ts';
import { RunServer } from './run-server.ts';

/** A port of loopback where nothing listens any more. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server's address
  server.close();
  await once(server, 'close');
  return String(port);
}

describe('a command on scan runs without --url', () => {
  const folder = temporaryFolder();
  let server: RunServer;
  before(async () => {
    server = await RunServer.open(join(folder.path, 'server'));
  });
  after(() => server.close());

  it('uses the server that listens at PORT', async () => {
    const env = { PORT: String(server.windows.port) };
    const { exitCode, err } = await runCommand(['runs', 'list'], { env });
    assert.equal(exitCode, 0);
    assert.match(err, new RegExp(`^Using the server at http://127\\.0\\.0\\.1:${server.windows.port}\n`));
  });

  it('does the work itself when none listens there, and keeps the run for later', async () => {
    const dataDir = join(folder.path, 'own');
    const env = { PORT: await freePort(), DATA_DIR: dataDir };
    const ran = await runCommand(['run', '-m', 'surgical', '-s', 'BTC/USDT', '--json'], { env });
    assert.equal(ran.exitCode, 0, ran.err);
    assert.match(
      ran.err,
      /^No server listens at http:.* Working in this process, with the records of .*own\n/,
    );
    const { run_id, status } = runResponseSchema.parse(JSON.parse(ran.out));
    assert.equal(status, 'completed');
    const later = await RunServer.open(dataDir);
    const { out } = await later.command(['runs', 'list', '--json']);
    await later.close();
    const { runs } = runsResponseSchema.parse(JSON.parse(out));
    assert.deepEqual(
      runs.map((summary) => summary.run_id),
      [run_id],
    );
  });

  it('cancels a run that a server left behind', async () => {
    const dataDir = join(folder.path, 'left');
    const earlier = await RunServer.open(dataDir, { demoLatencyMs: 60_000 });
    const runId = await earlier.detach('--symbols', 'BTC/USDT');
    await earlier.close();
    const env = { PORT: '0', DATA_DIR: dataDir, DEMO_LATENCY_MS: '60000' };
    const { exitCode, out } = await runCommand(['runs', 'cancel', runId.slice(0, 8)], { env });
    assert.deepEqual([exitCode, out], [0, `Job cancelled: ${runId} (cancelled)\n`]);
  });

  it('says that the data folder is in use', async () => {
    const env = { PORT: '0', DATA_DIR: join(folder.path, 'server') };
    const { exitCode, err } = await runCommand(['runs', 'list'], { env });
    assert.equal(exitCode, 1);
    assert.match(err, /^The data folder is in use by process \d+; stop it or set another DATA_DIR/);
  });

  it('cannot leave a run to itself', async () => {
    const env = { PORT: '0', DATA_DIR: join(folder.path, 'detached') };
    const { exitCode, out, err } = await runCommand(['run', '--detach'], { env });
    assert.deepEqual([exitCode, out], [2, '']);
    assert.match(err, /--detach needs a server, .* start one with `fast-scanner serve`/);
  });

  it('names what is wrong with the configuration', async () => {
    const { exitCode, err } = await runCommand(['runs', 'list'], { env: { PORT: 'http' } });
    assert.equal(exitCode, 78);
    assert.match(err, /PORT: "http" is not allowed/);
  });
});

describe('a command on scan runs with --url', () => {
  it('fails when nothing listens there, as it was asked for that server', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { exitCode, out, err } = await runCommand(['runs', 'list', '--url', url, '--json']);
    assert.equal(exitCode, 1);
    assert.equal(err, `No server listens at ${url}.\n`);
    assert.equal(JSON.parse(out).code, 'unavailable');
  });

  it('does not wait for ever for what listens there to answer', async () => {
    const mute = createServer().listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo; // a TCP server's address
    const { signal } = new AbortController();
    await assert.rejects(isListening(`http://127.0.0.1:${port}`, { signal, limitMs: 30 }), {
      message: `cannot reach http://127.0.0.1:${port}: no answer within 0.03 s`,
    });
    mute.close();
  });

  it('says why a server cannot be reached', async () => {
    const { exitCode, err } = await runCommand(['runs', 'list', '--url', 'http://127.0.0.1:1']);
    assert.equal(exitCode, 1);
    assert.match(err, /^Cannot reach http:\/\/127\.0\.0\.1:1: bad port/);
  });
});
