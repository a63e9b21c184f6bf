import assert from 'node:assert/strict';
import { quickScanRequestSchema } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { Gate } from '../../../support/gate.ts';
import { completeLog, eventsOf } from '../../../support/scan-log.ts';
import { createWorld, type ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const ALL = quickScanRequestSchema.parse({});

describe('cancelling a scan', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;
  let gate: Gate;

  beforeEach(async () => {
    world = await createWorld({ dataDir: `${folder.path}/${Math.random()}` });
    await world.engine.open();
    gate = new Gate();
  });
  afterEach(async () => {
    gate.open();
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  function shutGateFor(matches: (limit: number, symbol: string) => boolean): void {
    world.source.script = async (rows, { request, signal }) => {
      if (matches(request.limit, request.symbol)) await gate.pass(signal);
      return rows;
    };
  }

  async function assertCancelled(scanId: string, completed: number): Promise<void> {
    const log = await completeLog(world.engine, scanId);
    const [end] = eventsOf(log, 'deepAnalysisComplete');
    assert.equal(end?.status, 'cancelled');
    assert.deepEqual(end?.totals, { requested: 10, completed, failed: 0, skipped: 10 - completed });
    const asked = world.source.requests.length;
    gate.open();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(world.source.requests.length, asked, 'no request after the terminal state');
  }

  it('in phase 1 aborts the requests in flight and rejects the waiting caller', async () => {
    shutGateFor(() => true);
    const { scanId, quickScan } = await world.engine.scanner.start(ALL);
    await eventually(() => assert.equal(gate.arrived, 5));
    const answer = await world.engine.scanner.cancel(scanId);
    assert.equal(answer.status, 'cancelled');
    assert.equal(answer.message, 'Scan cancelled');
    await assert.rejects(quickScan, { code: 'cancelled' });
    await assertCancelled(scanId, 0);
  });

  it('in phase 2 keeps what was analysed', async () => {
    let analysed = 0;
    world.engine.scanner.on('symbolAnalyzed', () => {
      analysed += 1;
    });
    const letThrough = new Set<string>();
    shutGateFor((limit, symbol) => {
      if (limit >= 400 && letThrough.size < 3) letThrough.add(symbol);
      return limit >= 400 && !letThrough.has(symbol);
    });
    const { scanId } = await world.engine.scanner.start(ALL);
    await eventually(() => assert.deepEqual([analysed, gate.arrived > 0], [3, true]));
    await world.engine.scanner.cancel(scanId);
    await assertCancelled(scanId, analysed);
  });

  it('a second time, or after the end, changes nothing and says so', async () => {
    shutGateFor(() => true);
    const first = await world.engine.scanner.start(ALL);
    await Promise.all([world.engine.scanner.cancel(first.scanId), world.engine.scanner.cancel(first.scanId)]);
    assert.equal((await world.engine.scanner.cancel(first.scanId)).message, 'Scan already cancelled');
    await completeLog(world.engine, first.scanId);
    gate.open();
    const second = await world.engine.scanner.start({ ...ALL, analyze: false });
    await completeLog(world.engine, second.scanId);
    const answer = await world.engine.scanner.cancel(second.scanId);
    assert.deepEqual([answer.status, answer.message], ['completed', 'Scan already completed']);
    await completeLog(world.engine, second.scanId);
  });

  it('leaves other scans alone', async () => {
    shutGateFor((_, symbol) => symbol === 'C9/USDT');
    const stuck = await world.engine.scanner.start({ ...ALL, symbols: ['C9/USDT'] });
    const other = await world.engine.scanner.start({ ...ALL, symbols: ['C1/USDT', 'C2/USDT'] });
    await world.engine.scanner.cancel(stuck.scanId);
    const [end] = eventsOf(await completeLog(world.engine, other.scanId), 'deepAnalysisComplete');
    assert.equal(end?.status, 'completed');
  });

  it('works through the signal it was started with', async () => {
    shutGateFor(() => true);
    const controller = new AbortController();
    const { scanId } = await world.engine.scanner.start(ALL, { signal: controller.signal });
    await eventually(() => assert.equal(gate.arrived, 5));
    controller.abort();
    await assertCancelled(scanId, 0);
  });

  it('of an unknown scan is not found', async () => {
    await assert.rejects(world.engine.scanner.cancel('scan_none'), { code: 'not_found' });
  });
});
