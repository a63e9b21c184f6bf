import assert from 'node:assert/strict';
import { ScannerError } from '@fast-scanner/shared';
import { Gate } from '../../../support/gate.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import {
  ContinuousWorld,
  type ContinuousWorldOptions,
  EXCHANGE,
  OTHER_EXCHANGE,
  SYMBOLS,
} from './continuous-world.ts';

const EXCHANGES = [EXCHANGE, OTHER_EXCHANGE];
/** Steps from the start to after 11:00. */
const TO_THE_HOUR = 20;

describe('full scans', () => {
  const folder = temporaryFolder();
  let folders = 0;
  let world: ContinuousWorld;
  const open = async (options: Omit<ContinuousWorldOptions, 'dataDir'> = {}) => {
    folders += 1;
    world = await ContinuousWorld.open({ dataDir: `${folder.path}/${folders}`, ...options });
    await world.startAndSettle(options.exchanges ? { exchanges: [...options.exchanges] } : {});
  };
  afterEach(() => world.close());

  it('come once when candles are known, then only when another of the swing timeframe has closed', async () => {
    await open();
    await world.step(5);
    assert.deepEqual(world.fullScans, [{ exchange: EXCHANGE, symbols: SYMBOLS, timeframe: '1h' }]);
    await world.step(TO_THE_HOUR - 5 + 3);
    assert.equal(world.fullScans.length, 2);
    await world.step(5);
    assert.equal(world.fullScans.length, 2);
  });

  it('of an exchange that fails are tried again, the others are made once', async () => {
    await open({ exchanges: EXCHANGES });
    world.fullScan = async ({ exchange }) => {
      if (exchange === EXCHANGE) throw new ScannerError('exchange_unavailable', 'away');
    };
    await world.step(3);
    const count = (wanted: string) => world.fullScans.filter(({ exchange }) => exchange === wanted).length;
    assert.deepEqual([count(EXCHANGE), count(OTHER_EXCHANGE)], [3, 1]);
    const { errors, last_error } = (await world.scanner.status()).streams.full_scan;
    assert.deepEqual(
      [errors, last_error?.code, last_error?.detail],
      [3, 'exchange_unavailable', `${EXCHANGE}: away`],
    );
    world.fullScan = async () => undefined;
    await world.step(3);
    assert.deepEqual([count(EXCHANGE), count(OTHER_EXCHANGE)], [4, 1]);
  });

  it('back off when all of them fail', async () => {
    await open();
    world.fullScan = () => Promise.reject(new ScannerError('too_many_jobs', 'full'));
    await world.clock.advance(30_000);
    await world.settled();
    for (let time = 0; time < 9; time += 1) {
      await world.clock.advance(30_000);
      await world.settled(['signals']);
    }
    assert.ok(world.fullScans.length >= 2 && world.fullScans.length <= 4, `${world.fullScans.length} scans`);
    const changes = (await world.events()).flatMap((event) =>
      event.type === 'streamStatus' ? [event.stream] : [],
    );
    assert.deepEqual(changes, [null, 'full_scan']);
  });

  it('that hang are not waited for longer than an interval, and not begun twice', async () => {
    await open({ exchanges: EXCHANGES });
    const gate = new Gate();
    world.fullScan = async ({ exchange }) => {
      if (exchange === EXCHANGE) await gate.pass();
    };
    for (let time = 0; time < TO_THE_HOUR + 3; time += 1) {
      await world.clock.advance(30_000);
      await world.settled(['signals', 'price', 'market_state']);
    }
    const count = (wanted: string) => world.fullScans.filter(({ exchange }) => exchange === wanted).length;
    assert.deepEqual([count(EXCHANGE), count(OTHER_EXCHANGE)], [1, 2]);
    gate.open();
    await world.clock.advance(60_000);
    await world.settled(['signals']);
    assert.equal(count(EXCHANGE), 2, 'a candle has closed meanwhile');
  });

  it('under way keep nobody from stopping', async () => {
    await open();
    world.fullScan = () => new Promise(() => undefined);
    await world.clock.advance(30_000);
    await world.settled(['signals']);
    await world.scanner.stop();
    assert.equal((await world.scanner.status()).running, false);
  });
});
