import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { type FileLayer, nodeFiles } from '@fast-scanner/server/store/training/file-layer.ts';
import {
  openTrainingStore,
  type TrainingStoreOptions,
} from '@fast-scanner/server/store/training/open-training-store.ts';
import type { TrainingBatch, TrainingStore } from '@fast-scanner/server/store/training/training-store.ts';
import {
  candles,
  DAY_MS,
  label,
  NOON,
  readAll,
  series,
  signal,
} from '../../../contracts/training/records.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { quickFiles } from './quick-files.ts';
import { assertAllLoad, assertManifestIsTrue, listDataFiles, listFiles, loadRows } from './visible-files.ts';

const YESTERDAY = NOON - DAY_MS;
const HOURLY = series('BTC/USDT', '1h');

/** Yesterday's and today's records of a swap, and candles of two timeframes. */
const BATCH: TrainingBatch = {
  signals: [signal(YESTERDAY), signal(NOON)],
  clustering: [signal(YESTERDAY)],
  candles: [
    { ...series('BTC/USDT:USDT'), columns: candles(YESTERDAY, 300) },
    { ...HOURLY, columns: candles(Date.UTC(2025, 11, 31, 12), 24, '1h') },
  ],
};

describe('the folder of the training data', () => {
  const temporary = temporaryFolder();
  const clock = new FakeClock(NOON);
  let folder = '';
  let store: TrainingStore | null = null;

  async function open(options: Partial<TrainingStoreOptions> = {}): Promise<TrainingStore> {
    await store?.close();
    store = await openTrainingStore({ folder, clock, retentionDays: 3650, files: quickFiles, ...options });
    return store;
  }

  let places = 0;
  beforeEach(() => {
    places += 1;
    folder = `${temporary.path}/${places}/training_data`;
  });
  afterEach(async () => {
    await store?.close();
    store = null;
  });

  it('holds JSON Lines by UTC day, and candles of an hour or longer by month', async () => {
    await (await open()).append(BATCH);
    assert.deepEqual(listDataFiles(folder), [
      'clustering/demo/BTC%2FUSDT/5m/2026-01-04.jsonl',
      'ohlcv/demo/BTC%2FUSDT%3AUSDT/5m/2026-01-04.jsonl',
      'ohlcv/demo/BTC%2FUSDT%3AUSDT/5m/2026-01-05.jsonl',
      'ohlcv/demo/BTC%2FUSDT/1h/2025-12.jsonl',
      'ohlcv/demo/BTC%2FUSDT/1h/2026-01.jsonl',
      'signals/demo/BTC%2FUSDT/5m/2026-01-04.jsonl',
      'signals/demo/BTC%2FUSDT/5m/2026-01-05.jsonl',
    ]);
    const [row] = await loadRows(folder, 'ohlcv/demo/BTC%2FUSDT/1h/2026-01.jsonl');
    assert.deepEqual(Object.keys(row ?? {}), ['openTime', 'open', 'high', 'low', 'close', 'volume']);
    assert.deepEqual(await loadRows(folder, 'signals/demo/BTC%2FUSDT/5m/2026-01-05.jsonl'), [signal(NOON)]);
  });

  it('holds Parquet in the place of candles whose period is over', async () => {
    const files = await open();
    await files.append(BATCH);
    await files.maintain();
    assert.deepEqual(
      listDataFiles(folder).filter((path) => path.startsWith('ohlcv')),
      [
        'ohlcv/demo/BTC%2FUSDT%3AUSDT/5m/2026-01-04.parquet',
        'ohlcv/demo/BTC%2FUSDT%3AUSDT/5m/2026-01-05.jsonl',
        'ohlcv/demo/BTC%2FUSDT/1h/2025-12.parquet',
        'ohlcv/demo/BTC%2FUSDT/1h/2026-01.jsonl',
      ],
    );
    await assertAllLoad(folder);
  });

  it('waits an hour for late records before it seals, and two weeks for labels', async () => {
    const files = await open();
    await files.append({ signals: [signal(NOON)] });
    await files.appendLabels([label(NOON)]);
    const midnight = Date.UTC(2026, 0, 6);
    const sealedAt = async (time: number) => {
      clock.jumpWall(time - clock.now());
      return (await files.maintain()).sealed.map((path) => path.split('/')[0]);
    };
    assert.deepEqual(await sealedAt(midnight + 3_599_999), []);
    assert.deepEqual(await sealedAt(midnight + 3_600_000), ['signals']);
    assert.deepEqual(await sealedAt(midnight + 14 * DAY_MS - 1), []);
    assert.deepEqual(await sealedAt(midnight + 14 * DAY_MS), ['labels']);
    clock.jumpWall(NOON - clock.now());
  });

  it('has a manifest that is true: rows, times, sizes and checksums, open and sealed', async () => {
    const files = await open();
    await files.append(BATCH);
    await files.maintain();
    await assertManifestIsTrue(folder);
    await files.append({ signals: [signal(YESTERDAY + 1), signal(NOON + 1)] });
    await files.close();
    await assertManifestIsTrue(folder);
    const manifest = JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8'));
    assert.equal(manifest.schemaVersion, 1);
    assert.equal(manifest.updatedAt, '2026-01-05T12:00:00.000Z');
    const sealed = (path: string) => manifest.files[path].sealed;
    assert.equal(sealed('ohlcv/demo/BTC%2FUSDT/1h/2025-12.parquet'), true);
    assert.equal(sealed('ohlcv/demo/BTC%2FUSDT/1h/2026-01.jsonl'), false);
    assert.equal(
      sealed('signals/demo/BTC%2FUSDT/5m/2026-01-04.jsonl'),
      false,
      'a late record opened it again',
    );
    assert.equal(sealed('clustering/demo/BTC%2FUSDT/5m/2026-01-04.jsonl'), true);
  });

  it('tells the manifest before it replaces a sealed file by one with late candles', async () => {
    const told: unknown[] = [];
    const rename: FileLayer['rename'] = async (from, to) => {
      if (to.endsWith('.parquet') && existsSync(to)) {
        const { files } = JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8'));
        told.push(files[to.slice(folder.length + 1)].sealed);
      }
      await nodeFiles.rename(from, to);
    };
    const files = await open({ files: { ...quickFiles, rename } });
    for (const from of [YESTERDAY, YESTERDAY + 3_600_000]) {
      await files.append({ candles: [{ ...series(), columns: candles(from, 3) }] });
      await files.maintain();
    }
    assert.deepEqual(told, [false]);
    assert.equal((await readAll(files)).ohlcv['5m']?.length, 6);
    await assertManifestIsTrue(folder);
  });

  it('explains itself: every column of every kind is in the data card', async () => {
    await open();
    const card = readFileSync(`${folder}/README.md`, 'utf8');
    const columns = [
      'openTime',
      'volume',
      'candleCloseTime',
      'combined_score',
      'follow_through',
      'forward_return_pct',
    ];
    for (const column of [...columns, 'manifest.json', 'SHA-256', 'licence', 'UTC'])
      assert.ok(card.includes(column), column);
  });

  it('is for its owner alone', async () => {
    await (await open()).append(BATCH);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.equal(statSync(`${folder}/ohlcv/demo`).mode & 0o777, 0o700);
    assert.equal(statSync(`${folder}/signals/demo/BTC%2FUSDT/5m/2026-01-05.jsonl`).mode & 0o777, 0o600);
  });

  it('belongs to one store at a time', async () => {
    await open();
    const other = openTrainingStore({ folder, clock, retentionDays: 1 });
    await assert.rejects(other, {
      code: 'unavailable',
      message: new RegExp(`in use by process ${process.pid};`),
    });
  });

  it('is never left, not even through a link', async () => {
    const outside = `${temporary.path}/${places}/outside`;
    mkdirSync(outside, { recursive: true });
    mkdirSync(`${folder}/signals`, { recursive: true });
    symlinkSync(outside, `${folder}/signals/demo`);
    const files = await open();
    const appended = files.append({ signals: [signal(NOON)] });
    await appended.catch(() => undefined);
    assert.deepEqual(listFiles(outside), []);
    await assert.rejects(files.ping(), /is not in .*training_data/);
  });

  it('takes many symbols on four timeframes with one sync', async () => {
    let syncs = 0;
    const counting: FileLayer = {
      ...quickFiles,
      write: (path, bytes, options) => {
        if (options.durable) syncs += 1;
        return quickFiles.write(path, bytes, options);
      },
      syncFile: async () => {
        syncs += 1;
      },
    };
    const files = await open({ files: counting });
    syncs = 0;
    const ids = Array.from({ length: 40 }, (_, n) => n).flatMap((n) =>
      (['5m', '1h', '4h', '1d'] as const).map((timeframe) => series(`S${n}/USDT`, timeframe)),
    );
    const results = await Promise.all(ids.map((id) => files.append({ signals: [signal(NOON, id)] })));
    assert.equal(
      results.reduce((sum, { written }) => sum + written, 0),
      160,
    );
    assert.equal(syncs, 1);
    assert.equal(listDataFiles(folder).length, 160);
  });
});
