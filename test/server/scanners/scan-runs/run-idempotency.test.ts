import assert from 'node:assert/strict';
import { type RunInput, runRequestSchema, ScannerError } from '@fast-scanner/shared';
import { Gate } from '../../../support/gate.ts';
import { completeRunLog } from '../../../support/run-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { openRunWorld, startRun } from './run-world.ts';

describe('the idempotency key of a run', () => {
  const folder = temporaryFolder();
  const gate = new Gate();
  let world: ScannerWorld;

  before(async () => {
    world = await openRunWorld({ dataDir: folder.path });
  });
  after(async () => {
    gate.open();
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  const start = (idempotencyKey: string, request: RunInput = {}) =>
    world.engine.runs.start(runRequestSchema.parse({ symbols: ['XRP/USDT'], ...request }), {
      idempotencyKey,
    });
  const listed = async () => (await world.engine.runs.runs({ limit: 100 })).runs;

  it('gives the same run for the same request, at once and later', async () => {
    const answers = await Promise.all(['once', 'once', 'once'].map((key) => start(key)));
    const [first] = answers;
    assert.equal(new Set(answers.map(({ run_id }) => run_id)).size, 1);
    assert.equal(new Set(answers.map(({ created_at }) => created_at)).size, 1);
    await completeRunLog(world.engine, first?.run_id ?? '');
    const later = await start('once');
    assert.deepEqual([later.run_id, later.status], [first?.run_id, 'completed']);
    assert.equal((await listed()).length, 1);
  });

  it('gives another run for another key', async () => {
    const [a, b] = await Promise.all([start('key-a'), start('key-b')]);
    assert.notEqual(a.run_id, b.run_id);
  });

  it('is refused for a request that asks for anything else', async () => {
    const { run_id } = await start('mine');
    const others: RunInput[] = [
      { limit: 11 },
      { min_score: 1 },
      { sniper_mode: 'ghost' },
      { majors: false },
      { altcoins: false },
      { meme_mode: true },
      { leverage: 2 },
      { exchange: 'recorded' },
      { symbols: ['XRP/USDT', 'BTC/USDT'] },
    ];
    for (const other of others) {
      await assert.rejects(start('mine', other), (error) => {
        assert.ok(error instanceof ScannerError);
        assert.equal(error.code, 'idempotency_mismatch', JSON.stringify(other));
        assert.match(
          error.message,
          new RegExp(`the key mine belongs to run ${run_id}, which asked for something`),
        );
        return true;
      });
    }
  });

  it('is refused also when both requests come at the same time', async () => {
    const settled = await Promise.allSettled([start('race'), start('race', { leverage: 2 })]);
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    assert.deepEqual(refused, ['idempotency_mismatch']);
  });

  it('finds its run when the desk is full and nobody else gets in', async () => {
    world.source.script = async (rows, { signal }) => {
      await gate.pass(signal);
      return rows;
    };
    const { run_id } = await start('kept', { symbols: ['BTC/USDT'] });
    for (let index = 0; index < 22; index += 1) await startRun(world.engine, { symbols: ['BTC/USDT'] });
    await assert.rejects(start('late'), { code: 'too_many_jobs' });
    assert.equal((await start('kept', { symbols: ['BTC/USDT'] })).run_id, run_id);
    const { status } = await start('once');
    assert.equal(status, 'completed');
  });
});
