import assert from 'node:assert/strict';
import type { WriteBatch } from '@fast-scanner/server/store/store.ts';
import { ScannerError } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { ContinuousWorld, identityOf, SYMBOLS } from './continuous-world.ts';

const SERIES = SYMBOLS.length * 4;
const isOfSignals = ({ appendEvents = [] }: WriteBatch) =>
  appendEvents.some(({ events }) => events.some(({ type }) => type === 'continuousSignal'));

/** Every candle that closed in the first 15 minutes, and the newest before. */
const CLOSED_IN_15_MINUTES = SERIES + SYMBOLS.length * (3 + 1);

describe('a signal is told once, whatever happens', () => {
  const folder = temporaryFolder();
  let folders = 0;
  let dataDir: string;
  let world: ContinuousWorld;

  const reopen = async () => {
    await world.close();
    world = await ContinuousWorld.open({ dataDir, clock: world.clock, training: world.training });
  };
  const assertComplete = async () => {
    const identities = (await world.told()).map(identityOf);
    assert.equal(new Set(identities).size, identities.length, 'nothing twice');
    assert.equal(identities.length, CLOSED_IN_15_MINUTES, 'nothing lost');
    assert.deepEqual([...world.training.signals.keys()].sort(), identities.toSorted());
  };

  beforeEach(async () => {
    folders += 1;
    dataDir = `${folder.path}/${folders}`;
    world = await ContinuousWorld.open({ dataDir });
  });
  afterEach(() => world.close());

  it('when the process ends between two candles', async () => {
    await world.startAndSettle();
    await world.step(10);
    await reopen();
    await world.settled();
    await world.step(20);
    await assertComplete();
  });

  it('when the process ends before the commit', async () => {
    await world.startAndSettle();
    world.faults.before = (batch) => (isOfSignals(batch) ? new ScannerError('unavailable', 'killed') : null);
    await world.step(10);
    await reopen();
    await world.settled();
    await world.step(20);
    await assertComplete();
  });

  it('when the process ends after the commit, before it knows', async () => {
    await world.startAndSettle();
    world.faults.after = (batch) => (isOfSignals(batch) ? new ScannerError('unavailable', 'killed') : null);
    await world.step(10);
    await reopen();
    await world.settled();
    await world.step(20);
    await assertComplete();
  });

  it('when the process is away while candles close', async () => {
    await world.startAndSettle();
    await world.close();
    await world.clock.advance(15 * 60_000);
    world = await ContinuousWorld.open({ dataDir, clock: world.clock, training: world.training });
    await world.settled();
    await assertComplete();
  });

  it('when the disk is full for a while: the loops go on, and writing resumes by itself', async () => {
    await world.startAndSettle();
    const full = new ScannerError('disk_full', 'no room');
    world.faults.before = () => full;
    world.training.failure = full;
    await world.clock.advance(0);
    for (let time = 0; time < 12; time += 1) await world.clock.advance(30_000);
    const { streams, running } = await world.scanner.status();
    assert.ok(running);
    assert.equal(streams.signals.last_error?.code, 'disk_full');
    assert.deepEqual([streams.price.errors, streams.full_scan.errors], [0, 0]);
    assert.equal((await world.told()).length, SERIES);
    world.faults.before = () => null;
    world.training.failure = null;
    for (let time = 0; time < 18; time += 1) await world.clock.advance(30_000);
    await eventually(assertComplete, { intervalMs: 2, timeoutMs: 2_000 });
    const changes = (await world.events()).flatMap((event) =>
      event.type === 'streamStatus' ? [event.change] : [],
    );
    assert.equal(changes[0], 'started');
    assert.deepEqual(world.bugs, []);
  });

  it('at the next pass when it could not be told, not only when the next candle closes', async () => {
    await world.startAndSettle();
    await world.step(9);
    world.faults.before = (batch) => (isOfSignals(batch) ? new ScannerError('disk_full', 'no room') : null);
    await world.step(1); // 10:55:20
    world.faults.before = () => null;
    const requests = world.source().requests.length;
    await world.clock.advance(60_000);
    await eventually(async () => assert.equal((await world.told()).length, SERIES + SYMBOLS.length), {
      intervalMs: 1,
      timeoutMs: 2_000,
    });
    assert.equal(world.source().requests.length, requests, 'the candle was read before');
  });

  it('and of a symbol whose last signal is not read back any more the newest is known all the same', async () => {
    await world.startAndSettle();
    const before = await world.scanner.confluence('BTC/USDT', { min_score: 60 });
    await world.scanner.stop();
    const ethereum = { symbols: ['ETH/USDT'] };
    await world.startAndSettle(ethereum); // Bitcoin is forgotten
    await world.scanner.stop();
    await world.startAndSettle();
    const { timestamp: _, ...after } = await world.scanner.confluence('BTC/USDT', { min_score: 60 });
    const { timestamp: __, ...expected } = before;
    assert.deepEqual(after, expected);
    assert.equal((await world.told()).length, SERIES);
  });
});
