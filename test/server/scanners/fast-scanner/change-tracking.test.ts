import assert from 'node:assert/strict';
import type { Engine } from '@fast-scanner/server/engine.ts';
import { ALERTS_TOPIC_STREAM } from '@fast-scanner/server/scanners/fast-scanner/fast-scanner-service.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import type { WriteBatch } from '@fast-scanner/server/store/store.ts';
import {
  type Alert,
  type CandleRow,
  changesQuerySchema,
  changesResponseSchema,
  type QuickScanRequest,
  quickScanRequestSchema,
  ScannerError,
  type Timeframe,
} from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { createWorld, type ScannerWorld, WORLD_NOW } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { faultyStore } from '../continuous/faulty-store.ts';

const HOUR = 3_600_000;
const TWO = quickScanRequestSchema.parse({ symbols: ['C1/USDT', 'C2/USDT'], analyze: false });

/** Scans and waits until the scan was compared with the one before, or could not be. */
async function scan({ scanner }: Engine, changes: Partial<QuickScanRequest> = {}): Promise<string> {
  const { scanId } = await scanner.start({ ...TWO, ...changes });
  await eventually(async () => assert.equal((await scanner.scanStatus()).status.isScanning, false));
  return scanId;
}

function changesOf({ scanner }: Engine, query: object = {}) {
  return scanner
    .changes(changesQuerySchema.parse(query))
    .then((answer) => changesResponseSchema.parse(answer));
}

/** The price of C1 is ten times as high. */
function liftFirst({ source }: Pick<ScannerWorld, 'source'>): void {
  source.script = (rows, { request: { symbol } }) => (symbol === 'C1/USDT' ? rows.map(lifted) : rows);
}

function lifted([openTime, open, high, low, close, volume]: CandleRow): CandleRow {
  return [openTime, open * 10, high * 10, low * 10, close * 10, volume];
}

describe('change tracking', () => {
  const folder = temporaryFolder();
  const told: string[] = [];
  const alerts: Alert[] = [];
  let now = WORLD_NOW;
  let world: ScannerWorld;
  let engine: Engine;
  let first: string;
  let second: string;
  let fourHours: string;

  before(async () => {
    world = await createWorld({ dataDir: folder.path, now: () => now });
    ({ engine } = world);
    await engine.open();
    engine.scanner.on('signalChanged', ({ symbol, change }) => told.push(`${symbol} ${change}`));
    engine.scanner.on('alert', (alert) => alerts.push(alert));
  });
  after(() => engine.close());

  it('has nothing to say before there is a scan, and of the first one', async () => {
    const none = await changesOf(engine);
    assert.deepEqual([none.scanId, none.changes, none.reason], [null, [], 'no scan has completed yet']);
    assert.equal((await engine.scanner.previewAlerts({})).reason, none.reason);
    first = await scan(engine);
    const { scanId, previousScanId, count, reason, dataSource } = await changesOf(engine);
    assert.deepEqual([scanId, previousScanId, count], [first, null, 0]);
    assert.equal(reason, 'this scan is the first of its symbols on recorded, 1h candles');
    assert.deepEqual(dataSource, { exchange: 'recorded', kind: 'live' });
  });

  it('takes another timeframe and other symbols for another question', async () => {
    fourHours = await scan(engine, { timeframe: '4h' });
    await scan(engine, { symbols: ['C3/USDT'] });
    assert.deepEqual([told, alerts], [[], []]);
    assert.match((await changesOf(engine, { timeframe: '4h' })).reason ?? '', /first of its symbols/);
  });

  it('tells what changed against the scan before, and gives the alerts of it', async () => {
    now += HOUR;
    liftFirst(world);
    second = await scan(engine);
    const { changes, previousScanId, reason } = await changesOf(engine);
    assert.deepEqual([previousScanId, reason], [first, null]);
    assert.deepEqual(
      changes.map(({ symbol, change }) => `${symbol} ${change}`),
      told,
    );
    assert.ok(told.includes('C1/USDT price_move'));
    const moved = alerts.find(({ symbol, change }) => symbol === 'C1/USDT' && change === 'price_move');
    assert.deepEqual([moved?.scanId, moved?.previousScanId], [second, first]);
    assert.deepEqual((await engine.scanner.alerts({ limit: 50 })).alerts, [...alerts].reverse());
  });

  it('answers of one symbol, one kind of change, and no more than asked', async () => {
    const all = await changesOf(engine, { scanId: second });
    const moves = await changesOf(engine, { scanId: second, change: 'price_move', symbol: 'C1/USDT' });
    assert.deepEqual(
      moves.changes,
      all.changes.filter(({ symbol, change }) => symbol === 'C1/USDT' && change === 'price_move'),
    );
    assert.equal(moves.count, 1);
    assert.equal((await changesOf(engine, { scanId: second, limit: 1 })).count, 1);
  });

  it('finds the newest scan of a timeframe, also when others came later', async () => {
    assert.equal((await changesOf(engine, { timeframe: '4h' })).scanId, fourHours);
    assert.equal((await changesOf(engine, { exchange: 'recorded' })).scanId, second);
    const { reason } = await changesOf(engine, { exchange: 'binance', timeframe: '1d' });
    assert.equal(reason, 'no scan of binance on 1d has completed yet');
  });

  it('says why the rules do not fire once they have', async () => {
    const { scanId, verdicts, count } = await engine.scanner.previewAlerts({ symbol: 'C1/USDT' });
    const move = verdicts.find(({ ruleId }) => ruleId === 'price-move');
    assert.deepEqual([scanId, count, move?.outcome], [second, 0, 'already_fired']);
    assert.match(
      move?.detail ?? '',
      /moved .* %.*; fired already, for the candle that closed at 2026-01-07T11:00/,
    );
  });

  it('gives no second alert for the same candle', async () => {
    const fired = alerts.length;
    world.source.script = (rows) => rows;
    now += 1000;
    await scan(engine);
    assert.equal(alerts.length, fired);
  });

  it('does not know a scan that does not exist, and compares only like with like', async () => {
    await assert.rejects(changesOf(engine, { scanId: 'scan_none' }), { code: 'not_found' });
    await assert.rejects(engine.scanner.diff('scan_none', second), { code: 'not_found' });
    await assert.rejects(engine.scanner.diff(first, fourHours), (error: ScannerError) => {
      assert.equal(error.code, 'conflict');
      assert.match(error.message, /1h candles of recorded, .* 4h candles of recorded: compare scans of one/);
      return true;
    });
    assert.ok((await engine.scanner.diff(first, second)).changes.length > 0);
  });

  it('compares completed scans only', async () => {
    const gone = await engine.scanner.start(TWO);
    await engine.scanner.cancel(gone.scanId);
    const { reason } = await changesOf(engine, { scanId: gone.scanId });
    assert.equal(reason, `scan ${gone.scanId} is cancelled; only completed scans are compared`);
  });

  it('says when the scan before has been deleted', async () => {
    const { id } = await ended(engine, second);
    await engine.store.deleteEndedJobs('scan', (await ended(engine, second)).endedAt ?? 0);
    const { reason, changes } = await changesOf(engine, { scanId: id });
    assert.deepEqual([reason, changes], ['the scan before this one has been deleted', []]);
    assert.deepEqual(world.bugs, []);
  });
});

async function ended({ store }: Engine, scanId: string) {
  const job = await store.getJob(scanId);
  assert.ok(job);
  return job;
}

describe('change tracking of a process that dies', () => {
  const folder = temporaryFolder();
  const givesAlerts = ({ appendEvents = [] }: WriteBatch) =>
    appendEvents.some(({ streamId, events }) => streamId === ALERTS_TOPIC_STREAM && events.length > 0);
  const noStore = () => new ScannerError('unavailable', 'the process dies');

  for (const moment of ['before', 'after'] as const) {
    it(`loses no alert and repeats none: ${moment} it is stored`, async () => {
      const dataDir = `${folder.path}/${moment}`;
      let now = WORLD_NOW;
      const { store, faults } = faultyStore(await openSqliteStore({ dataDir, clock: new FakeClock(now) }));
      const dying = await createWorld({ dataDir, store, now: () => now });
      await dying.engine.open();
      await scan(dying.engine);
      now += HOUR;
      liftFirst(dying);
      faults[moment] = (batch) => (givesAlerts(batch) ? noStore() : null);
      const scanId = await scan(dying.engine);
      await dying.engine.close();
      for (const _ of ['the next process', 'and the one after']) {
        const { engine, bugs } = await createWorld({ dataDir, now: () => now });
        await engine.open();
        const { alerts } = await engine.scanner.alerts({ limit: 50, symbol: 'C1/USDT' });
        assert.deepEqual(
          alerts.filter(({ change }) => change === 'price_move').map((alert) => alert.scanId),
          [scanId],
        );
        await engine.close();
        assert.deepEqual(bugs, []);
      }
    });
  }

  it('tells in the same process as soon as the store can write again', async () => {
    const dataDir = `${folder.path}/full`;
    let now = WORLD_NOW;
    const { store, faults } = faultyStore(await openSqliteStore({ dataDir, clock: new FakeClock(now) }));
    const world = await createWorld({ dataDir, store, now: () => now });
    await world.engine.open();
    await scan(world.engine);
    now += HOUR;
    liftFirst(world);
    faults.before = (batch) => (givesAlerts(batch) ? new ScannerError('disk_full', 'no space') : null);
    const full = await scan(world.engine);
    faults.before = () => null;
    const next = await scan(world.engine);
    const { alerts } = await world.engine.scanner.alerts({ limit: 50 });
    assert.ok(alerts.some(({ scanId }) => scanId === full));
    assert.ok(!alerts.some(({ scanId }) => scanId === next));
    await world.engine.close();
  });
});

describe('change tracking between quick scans and analysed ones', () => {
  const folder = temporaryFolder();

  it('compares the regime with that of the last scan that knew one', async () => {
    const world = await createWorld({ dataDir: folder.path });
    const { engine } = world;
    await engine.open();
    const timeframe: Timeframe = '1h';
    const symbols = ['C1/USDT'];
    const analysed = await scan(engine, { timeframe, symbols, analyze: true });
    const item = (await engine.store.listItems(analysed))[0];
    assert.ok(item);
    await engine.store.commit({ putItems: [{ ...item, payload: withOtherRegime(item.payload) }] });
    await scan(engine, { timeframe, symbols, analyze: false });
    await scan(engine, { timeframe, symbols, analyze: true });
    const { changes } = await changesOf(engine);
    await engine.close();
    assert.deepEqual(
      changes.map(({ change }) => change),
      ['regime_change'],
    );
    assert.deepEqual(world.bugs, []);
  });
});

/** A stored symbol whose regime was another. */
function withOtherRegime(payload: unknown): unknown {
  const item = payload as { readonly deep: { readonly market_regime: { readonly regime: string } } };
  const { market_regime } = item.deep;
  const regime = market_regime.regime === 'bull' ? 'bear' : 'bull';
  return { ...item, deep: { ...item.deep, market_regime: { ...market_regime, regime } } };
}
