import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { openTrainingStore } from '@fast-scanner/server/store/training/open-training-store.ts';
import type { TrainingIncident } from '@fast-scanner/server/store/training/training-folder.ts';
import { candles, DAY_MS, NOON, readAll, series, signal } from '../../../contracts/training/records.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { quickFiles } from './quick-files.ts';
import { assertAllLoad, assertManifestIsTrue, listFiles } from './visible-files.ts';

const YESTERDAY = NOON - DAY_MS;
const SYMBOLS = Array.from({ length: 12 }, (_, n) => `S${n}/USDT`);

describe('the maintenance of training data', () => {
  const temporary = temporaryFolder();
  const incidents: TrainingIncident[] = [];
  let folder = '';
  const open = () =>
    openTrainingStore({
      folder,
      clock: new FakeClock(NOON),
      retentionDays: 3650,
      files: quickFiles,
      onIncident: (incident) => incidents.push(incident),
    });

  async function openWithDueFiles() {
    const store = await open();
    const columns = candles(YESTERDAY, 100);
    await store.append({ candles: SYMBOLS.map((symbol) => ({ ...series(symbol), columns })) });
    return store;
  }

  let places = 0;
  beforeEach(() => {
    places += 1;
    folder = `${temporary.path}/${places}`;
    incidents.length = 0;
  });

  it('lets writers and readers in between two files', async () => {
    const store = await openWithDueFiles();
    const ended: string[] = [];
    const maintained = store.maintain().then(({ sealed }) => {
      ended.push('maintain');
      assert.equal(sealed.length, SYMBOLS.length);
    });
    await store.append({ signals: [signal(NOON)] }).then(() => ended.push('append'));
    await readAll(store).then(() => ended.push('read'));
    await maintained;
    assert.deepEqual(ended, ['append', 'read', 'maintain']);
    await store.close();
  });

  it('ends early when the store is closed; the rest is done by the next one', async () => {
    const store = await openWithDueFiles();
    const maintained = store.maintain();
    await store.append({ signals: [signal(NOON)] });
    await store.close();
    const { sealed } = await maintained;
    assert.ok(sealed.length < SYMBOLS.length, 'it went on');
    await assertManifestIsTrue(folder);
    const again = await open();
    assert.equal((await again.maintain()).sealed.length, SYMBOLS.length - sealed.length);
    await again.close();
    await assertAllLoad(folder);
  });

  it('leaves one journal at most, and none of what is in the files for good', async () => {
    for (let round = 0; round < 3; round += 1) {
      const store = await open();
      await store.append({ signals: [signal(NOON + round)] });
      await store.close();
    }
    const journals = () => listFiles(folder).filter((path) => path.startsWith('journal/'));
    assert.equal(journals().length, 3);
    const store = await open();
    await store.maintain();
    assert.deepEqual(journals(), []);
    assert.equal((await readAll(store)).signals.length, 3);
    await store.close();
  });

  it('copes with sealed files that somebody removed', async () => {
    const store = await openWithDueFiles();
    await store.append({ signals: [signal(YESTERDAY)] });
    await store.maintain();
    for (const kind of ['ohlcv', 'signals']) rmSync(`${folder}/${kind}`, { recursive: true });
    const { written } = await store.append({ signals: [signal(YESTERDAY + 1)] });
    assert.equal(written, 1);
    await store.ping();
    assert.ok(
      listFiles(folder).includes('signals/demo/BTC%2FUSDT/5m/2026-01-04.jsonl'),
      'the folder is made again',
    );
    assert.deepEqual((await readAll(store)).signals, [signal(YESTERDAY + 1)]);
    assert.deepEqual((await readAll(store, 'S0/USDT')).ohlcv, {});
    assert.deepEqual(
      incidents.map(({ detail }) => detail),
      ['it is gone', 'it is gone'],
    );
    await store.close();
  });
});
