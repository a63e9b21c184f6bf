import assert from 'node:assert/strict';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import type { Store, WriteBatch } from '@fast-scanner/server/store/store.ts';
import { quickScanRequestSchema, ScannerError } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { Gate } from '../../../support/gate.ts';
import { completeLog, eventsOf } from '../../../support/scan-log.ts';
import { createWorld, type ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const ALL = quickScanRequestSchema.parse({});
const FULL = new ScannerError('disk_full', 'no space left');

/** Whether the batch carries an event of this name. */
function carries({ appendEvents = [] }: WriteBatch, name: string): boolean {
  return appendEvents.some(({ events }) => events.some(({ type }) => type === name));
}

describe('the totals of a scan', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;
  let gate: Gate;
  /** Whether the disk is full for this write. */
  let isFull: (batch: WriteBatch) => boolean;

  async function openWorld(dataDir: string): Promise<void> {
    const store = await openSqliteStore({ dataDir, clock: systemClock });
    const commit: Store['commit'] = store.commit.bind(store);
    store.commit = async (batch) => {
      if (isFull(batch)) throw FULL;
      return commit(batch);
    };
    world = await createWorld({ dataDir, store });
    await world.engine.open();
  }

  beforeEach(() => {
    gate = new Gate();
    isFull = () => false;
    return openWorld(`${folder.path}/${Math.random()}`);
  });
  afterEach(async () => {
    gate.open();
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  it('count exactly the symbols that were told when the disk fills up in phase 2', async () => {
    let told = 0;
    isFull = (batch) => carries(batch, 'symbolAnalyzed') && ++told === 4;
    const { scanId } = await world.engine.scanner.start(ALL);
    const log = await completeLog(world.engine, scanId);
    const analysed = eventsOf(log, 'symbolAnalyzed').length;
    const [end] = eventsOf(log, 'deepAnalysisComplete');
    assert.equal(end?.status, 'failed');
    assert.deepEqual(end?.totals, {
      requested: 10,
      completed: analysed,
      failed: 0,
      skipped: 10 - analysed,
    });
    const { scan, signals } = await world.engine.scanner.scan(scanId);
    assert.equal(scan.error?.code, 'disk_full');
    assert.equal(signals.filter(({ status }) => status === 'complete').length, analysed);
  });

  it('count the symbols that failed in phase 1 when it is cancelled there', async () => {
    world.source.script = async (rows, { request, signal }) => {
      if (request.symbol < 'C3') throw new ScannerError('symbol_unknown', 'no such market');
      await gate.pass(signal);
      return rows;
    };
    const { scanId } = await world.engine.scanner.start(ALL);
    await eventually(() => assert.equal(gate.arrived, 5));
    await world.engine.scanner.cancel(scanId);
    const { scan, failures } = await world.engine.scanner.scan(scanId);
    assert.equal(failures.length, 3);
    assert.deepEqual(scan.totals, { requested: 10, completed: 0, failed: 3, skipped: 7 });
  });

  it('lose no symbol whose write was refused while the scan went on', async () => {
    world.source.script = async (rows, { request, signal }) => {
      if (request.symbol > 'C3') await gate.pass(signal);
      return rows;
    };
    const { scanId } = await world.engine.scanner.start({ ...ALL, analyze: false });
    await eventually(() => assert.equal(gate.arrived, 5));
    isFull = () => true;
    world.engine.scanner.reportExchange('recorded', 'rate_limited', 'recorded: resuming in 1 s');
    await new Promise((resolve) => setImmediate(resolve));
    isFull = () => false;
    gate.open();
    await completeLog(world.engine, scanId);
    assert.equal((await world.engine.scanner.scan(scanId)).signals.length, 10);
  });

  it('stay those of a failure when the process ends between phase 1 and the terminal event', async () => {
    const dataDir = `${folder.path}/between`;
    await world.engine.close();
    await openWorld(dataDir);
    world.source.script = () => {
      throw new ScannerError('exchange_unavailable', 'connection refused');
    };
    let refused = 0;
    isFull = (batch) => carries(batch, 'deepAnalysisComplete') && ++refused > 0;
    const { scanId } = await world.engine.scanner.start(ALL);
    await eventually(() => assert.ok(refused > 0));
    await world.engine.close();
    isFull = () => false;
    await openWorld(dataDir);
    const log = await completeLog(world.engine, scanId);
    assert.equal(eventsOf(log, 'deepAnalysisComplete')[0]?.status, 'failed');
    assert.equal((await world.engine.scanner.scan(scanId)).scan.error?.code, 'exchange_unavailable');
  });

  it('can wait: closing does not, though a cancelled scan could not be stored', async () => {
    world.source.script = async (rows, { signal }) => {
      await gate.pass(signal);
      return rows;
    };
    const { scanId } = await world.engine.scanner.start(ALL);
    await eventually(() => assert.equal(gate.arrived, 5));
    let refused = 0;
    isFull = () => ++refused > 0;
    const cancelled = assert.rejects(world.engine.scanner.cancel(scanId), { code: 'unavailable' });
    await eventually(() => assert.ok(refused > 0));
    await world.engine.close();
    await cancelled;
  });
});

describe('a scan whose result cannot be stored', () => {
  const folder = temporaryFolder();

  it('fails and ends all the same', async () => {
    const world = await createWorld({ dataDir: folder.path });
    await world.engine.open();
    const { commit } = world.engine.store;
    world.engine.store.commit = async (batch) => {
      if (batch.putItems?.some(({ item }) => item === 'C2/USDT')) throw new TypeError('not a JSON value');
      return commit.call(world.engine.store, batch);
    };
    const { scanId, quickScan } = await world.engine.scanner.start(ALL);
    await assert.rejects(quickScan, TypeError);
    const [end] = eventsOf(await completeLog(world.engine, scanId), 'deepAnalysisComplete');
    assert.equal(end?.status, 'failed');
    assert.equal(world.bugs.length, 1);
    await world.engine.close();
  });
});
