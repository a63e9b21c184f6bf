import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { RUN_JOB } from '@fast-scanner/server/scanners/scan-runs/run-record.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import { builtServer } from '../../support/built-server.ts';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A process with what it has written so far. */
function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env } });
  const seen = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (seen.text += chunk));
  const hasSaid = (text: string) => eventually(() => assert.ok(seen.text.includes(text), seen.text));
  return { child, hasSaid, ended: once(child, 'exit') };
}

describe('Ctrl-C', () => {
  const folder = temporaryFolder();
  const children: ChildProcessWithoutNullStreams[] = [];
  let cli: string;
  let main: string;
  before(async () => {
    const folderOfBuild = await builtServer();
    cli = fileURLToPath(new URL('cli.js', folderOfBuild));
    main = fileURLToPath(new URL('main.js', folderOfBuild));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  it('ends a scan with exit code 130 and leaves nothing behind', async () => {
    const env = { DEMO_LATENCY_MS: '100', TMPDIR: folder.path };
    const { child, hasSaid, ended } = start([cli, 'scan', '--limit', '100'], env);
    children.push(child);
    await hasSaid('Phase 1');
    child.kill('SIGINT');
    assert.deepEqual(await ended, [130, null]);
    assert.deepEqual(
      readdirSync(folder.path).filter((name) => name.startsWith('fast-scanner')),
      [],
    );
  });

  it('cancels a run of this process, of which the record stays', async () => {
    const dataDir = join(folder.path, 'run');
    const env = { DEMO_LATENCY_MS: '60000', PORT: '0', DATA_DIR: dataDir };
    const { child, hasSaid, ended } = start([cli, 'run', '--symbols', 'BTC/USDT'], env);
    children.push(child);
    await hasSaid('Run (recon) 0/1');
    child.kill('SIGINT');
    assert.deepEqual(await ended, [130, null]);
    const store = await openSqliteStore({ dataDir, clock: systemClock });
    const [run] = await store.listJobs({ kind: RUN_JOB, limit: 2 });
    await store.close();
    assert.equal(run?.status, 'cancelled');
  });

  it('ends the server gracefully, as SIGTERM does', async () => {
    const env = { PORT: '0', DATA_DIR: join(folder.path, 'data'), LOG_LEVEL: 'silent' };
    const { child, hasSaid, ended } = start([main], env);
    children.push(child);
    await hasSaid('is ready at');
    child.kill('SIGINT');
    assert.deepEqual(await ended, [0, null]);
  });

  it('ends a process that does not come to rest when it is pressed again', async () => {
    const script = `
      import { handleStopSignals } from '@fast-scanner/server/cli/stop-signals.ts';
      handleStopSignals(() => console.log('stopping'));
      setInterval(() => undefined, 1000);
      console.log('running');
    `;
    const { child, hasSaid, ended } = start(['--import', 'tsx', '--input-type=module', '--eval', script]);
    children.push(child);
    await hasSaid('running');
    child.kill('SIGINT');
    await hasSaid('stopping');
    await eventually(() => {
      child.kill('SIGINT');
      assert.equal(child.signalCode, 'SIGINT');
    });
    assert.deepEqual(await ended, [null, 'SIGINT']);
  });
});
