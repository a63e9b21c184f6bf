import assert from 'node:assert/strict';
import { RUN_JOB } from '@fast-scanner/server/scanners/scan-runs/run-record.ts';
import {
  cancelRunResponseSchema,
  type RunSummary,
  runResponseSchema,
  runsResponseSchema,
} from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runCommand } from './run-command.ts';
import { RunServer } from './run-server.ts';

const NO_SUCH_RUN = '00000000-0000-4000-8000-000000000000';

describe('fast-scanner runs', () => {
  const folder = temporaryFolder();
  let server: RunServer;
  let newest: RunSummary;
  let oldest: RunSummary;
  before(async () => {
    server = await RunServer.open(folder.path);
    await server.command(['run', '-m', 'surgical', '-s', 'BTC/USDT']);
    await server.command(['run', '-m', 'ghost', '-s', 'ETH/USDT,SOL/USDT']);
    const { runs } = await server.windows.app.runs.runs({ limit: 20 });
    [newest, oldest] = runs as [RunSummary, RunSummary]; // the two of above
  });
  after(() => server.close());

  it('list prints a table, the newest first', async () => {
    const { exitCode, out } = await server.command(['runs', 'list']);
    assert.equal(exitCode, 0);
    assert.match(
      out,
      /Run.*Created.*Mode.*Exchange.*Status.*Done.*Signals.*Rejected.*Failed.*Took.*Findings/,
    );
    const [first = '', second = ''] = out.split('\n').filter((line) => line.includes(' UTC '));
    assert.match(
      first,
      new RegExp(`${newest.run_id.slice(0, 8)} .* ghost .* demo .* completed .* 2/2 .* kept`),
    );
    assert.match(second, new RegExp(`${oldest.run_id.slice(0, 8)} .* surgical .* 1/1 `));
  });

  it('list takes its filters to the server', async () => {
    const idsOf = async (...filters: readonly string[]) => {
      const { out } = await server.command(['runs', 'list', '--json', ...filters]);
      return runsResponseSchema.parse(JSON.parse(out)).runs.map(({ run_id }) => run_id);
    };
    assert.deepEqual(await idsOf(), [newest.run_id, oldest.run_id]);
    assert.deepEqual(await idsOf('--mode', 'surgical'), [oldest.run_id]);
    assert.deepEqual(await idsOf('--q', 'SOL'), [newest.run_id]);
    assert.deepEqual(await idsOf('--status', 'failed'), []);
    assert.deepEqual(await idsOf('--exchange', 'binance'), []);
  });

  it('list says when there are more, and when there are none', async () => {
    const one = await server.command(['runs', 'list', '--limit', '1']);
    assert.match(one.err, /There are more; these are the newest 1 \(--limit\)/);
    const none = await server.command(['runs', 'list', '--status', 'failed']);
    assert.deepEqual([none.exitCode, none.out], [0, '']);
    assert.match(none.err, /no such runs/);
  });

  it('show takes an id or the beginning of one', async () => {
    for (const id of [oldest.run_id, oldest.run_id.slice(0, 8).toUpperCase()]) {
      const { exitCode, out } = await server.command(['runs', 'show', id, '--json']);
      assert.equal(exitCode, 0);
      assert.equal(runResponseSchema.parse(JSON.parse(out)).run_id, oldest.run_id);
    }
  });

  it('show prints what run printed', async () => {
    const { out } = await server.command(['runs', 'show', newest.run_id, '--explain']);
    assert.match(out, /^demo: simulated market · ghost, completed · 1h candles/m);
    assert.match(out, /(ETH|SOL)\/USDT /);
  });

  it('show does not know a run that does not exist', async () => {
    for (const id of [NO_SUCH_RUN, 'ffff0000-0']) {
      const { exitCode, out, err } = await server.command(['runs', 'show', id]);
      assert.deepEqual([exitCode, out], [1, '']);
      assert.match(err, new RegExp(`no run .*${id}`, 'i'));
    }
  });

  it('cancel says that a run has ended already', async () => {
    const { exitCode, out } = await server.command(['runs', 'cancel', oldest.run_id]);
    assert.equal(exitCode, 0);
    assert.equal(out, `Job already completed: ${oldest.run_id} (completed)\n`);
  });

  it('refuse an id that cannot be one, as wrong usage', async () => {
    for (const command of ['show', 'cancel']) {
      const { exitCode, err } = await runCommand(['runs', command, 'BTC/USDT'], { env: { PORT: 'none' } });
      assert.equal(exitCode, 2);
      assert.match(err, /id of a run, or at least its first 4 characters/);
    }
  });

  it('end as soon as they are told to', async () => {
    const { exitCode, out } = await server.command(['runs', 'list'], { signal: AbortSignal.abort() });
    assert.deepEqual([exitCode, out], [130, '']);
  });
});

describe('fast-scanner runs with runs at work and runs long ended', () => {
  const folder = temporaryFolder();
  let server: RunServer;
  before(async () => {
    server = await RunServer.open(folder.path, { demoLatencyMs: 60_000 });
  });
  after(() => server.close());

  it('show says how far a run is, cancel ends it, and show says so', async () => {
    const runId = await server.detach('--symbols', 'BTC/USDT,ETH/USDT');
    await eventually(async () => {
      const { out } = await server.command(['runs', 'show', runId]);
      assert.match(out, /^recon on demo: running · 0\/2 · ETA – · (BTC|ETH)\/USDT\n$/);
    });
    const cancelled = await server.command(['runs', 'cancel', runId.slice(0, 8), '--json']);
    assert.equal(cancelled.exitCode, 0);
    assert.equal(cancelRunResponseSchema.parse(JSON.parse(cancelled.out)).status, 'cancelled');
    const shown = await server.command(['runs', 'show', runId]);
    assert.equal(shown.exitCode, 0);
    assert.match(shown.out, /recon, cancelled/);
  });

  it('show prints the summary that is left of a run whose findings have been swept, and fails', async () => {
    const runId = await server.detach('--symbols', 'BTC/USDT');
    const { app } = server.windows;
    await app.runs.cancel(runId);
    await app.store.sweepEndedJobs(RUN_JOB, app.clock.now() + 1);
    const { exitCode, out, err } = await server.command(['runs', 'show', runId]);
    assert.equal(exitCode, 1);
    assert.match(out, new RegExp(`${runId.slice(0, 8)} .* recon .* cancelled .* 0/1 .* swept`));
    assert.match(err, /have been swept; .* \(gone\)/);
    const asDocument = await server.command(['runs', 'show', runId, '--json']);
    assert.equal(JSON.parse(asDocument.out).summary.run_id, runId);
  });

  it('find the beginning of an id among many that have it elsewhere, and refuse one that several begin with', async () => {
    const runId = await server.detach('--symbols', 'BTC/USDT');
    const { app } = server.windows;
    await app.runs.cancel(runId);
    const [job] = await app.store.listJobs({ kind: RUN_JOB, limit: 1 });
    assert.ok(job);
    const idOf = (start: string, index: number) =>
      `${start}-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const elsewhere = Array.from({ length: 110 }, (_, index) => idOf('0000abcd', index));
    const ids = [idOf('abcd0000', 1), ...elsewhere];
    const createJobs = ids.map((id, age) => ({
      ...job,
      id,
      idempotencyKey: null,
      createdAt: job.createdAt + age,
    }));
    await app.eventLog.commit({ createJobs });
    const found = await server.command(['runs', 'cancel', 'abcd', '--json']);
    assert.equal(cancelRunResponseSchema.parse(JSON.parse(found.out)).run_id, ids[0]);
    const several = await server.command(['runs', 'cancel', '0000abcd-0000']);
    assert.equal(several.exitCode, 2);
    assert.match(several.err, /^More than one run begins with 0000abcd-0000: 0000abcd-.*, 0000abcd-/m);
  });
});
