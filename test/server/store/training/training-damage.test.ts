import assert from 'node:assert/strict';
import { appendFileSync, cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { openTrainingStore } from '@fast-scanner/server/store/training/open-training-store.ts';
import type { TrainingIncident } from '@fast-scanner/server/store/training/training-folder.ts';
import type { TrainingStore } from '@fast-scanner/server/store/training/training-store.ts';
import { candles, DAY_MS, NOON, readAll, series, signal } from '../../../contracts/training/records.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { quickFiles } from './quick-files.ts';
import { assertAllLoad, assertManifestIsTrue, listDataFiles, listFiles } from './visible-files.ts';

const YESTERDAY = NOON - DAY_MS;
const OPEN_SIGNALS = 'signals/demo/BTC%2FUSDT/5m/2026-01-05.jsonl';
const SEALED_SIGNALS = 'signals/demo/BTC%2FUSDT/5m/2026-01-04.jsonl';
const SEALED_CANDLES = 'ohlcv/demo/BTC%2FUSDT/5m/2026-01-04.parquet';
const SIGNALS = [signal(YESTERDAY), signal(YESTERDAY + 1), signal(NOON), signal(NOON + 1), signal(NOON + 2)];

describe('damaged training data', () => {
  const temporary = temporaryFolder();
  const clock = new FakeClock(NOON);
  let folder = '';
  let store: TrainingStore | null = null;
  let incidents: TrainingIncident[] = [];

  async function open(): Promise<TrainingStore> {
    incidents = [];
    const onIncident = (incident: TrainingIncident) => incidents.push(incident);
    store = await openTrainingStore({ folder, clock, retentionDays: 3650, files: quickFiles, onIncident });
    return store;
  }

  /** The data after the damage, and after another start. */
  async function readTwice() {
    const first = await readAll(await open());
    const told = incidents;
    await store?.close();
    await assertAllLoad(folder);
    assert.deepEqual(await readAll(await open()), first, 'the next start finds nothing new');
    assert.deepEqual(incidents, []);
    await store?.close();
    await assertManifestIsTrue(folder);
    return { ...first, told };
  }

  const pathOf = (path: string) => `${folder}/${path}`;
  const quarantined = () => listFiles(folder).filter((path) => path.startsWith('quarantine/'));
  const times = (records: readonly { readonly candleCloseTime: string }[]) =>
    records.map(({ candleCloseTime }) => Date.parse(candleCloseTime));

  let whole = '';
  before(async () => {
    whole = `${temporary.path}/whole`;
    folder = whole;
    await (await open()).append({
      signals: SIGNALS,
      candles: [{ ...series(), columns: candles(YESTERDAY, 144) }],
    });
    await store?.maintain();
    await store?.close();
  });
  let places = 0;
  beforeEach(() => {
    places += 1;
    folder = `${temporary.path}/${places}`;
    cpSync(whole, folder, { recursive: true });
  });
  afterEach(() => store?.close());

  it('that end in an unfinished record lose that one alone', async () => {
    truncateSync(pathOf(OPEN_SIGNALS), readFileSync(pathOf(OPEN_SIGNALS)).length - 9);
    const { signals, told } = await readTwice();
    assert.deepEqual(signals, SIGNALS.slice(0, -1));
    assert.deepEqual(told, [{ path: OPEN_SIGNALS, detail: 'dropped the unfinished record at its end' }]);
    assert.deepEqual(quarantined(), []);
  });

  it('keep a finished record without the end of its line', async () => {
    truncateSync(pathOf(OPEN_SIGNALS), readFileSync(pathOf(OPEN_SIGNALS)).length - 1);
    assert.deepEqual((await readTwice()).signals, SIGNALS);
  });

  const breaks: Readonly<Record<string, (line: string) => string>> = {
    'a line that is no JSON': () => 'garbage',
    'a blank line': () => '',
    'a line of zeros': (line) => '\0'.repeat(line.length),
    'a record of another symbol': (line) => line.replace('BTC/USDT', 'ETH/USDT'),
    'a record of another day': (line) => line.replace('2026-01-05T', '2026-02-05T'),
    'a record without its time': (line) => line.replace('candleCloseTime', 'time'),
  };
  for (const [what, damage] of Object.entries(breaks)) {
    it(`with ${what} keep the others, and a copy goes into quarantine with its reason`, async () => {
      const before = readFileSync(pathOf(OPEN_SIGNALS), 'utf8');
      const lines = before.split('\n');
      const damaged = lines.with(1, damage(lines[1] ?? '')).join('\n');
      writeFileSync(pathOf(OPEN_SIGNALS), damaged);
      const { signals, told } = await readTwice();
      assert.deepEqual(times(signals), [YESTERDAY, YESTERDAY + 1, NOON, NOON + 2]);
      assert.equal(told.length, 1);
      const aside = `quarantine/${OPEN_SIGNALS}`;
      assert.deepEqual(quarantined(), [`${aside}.corrupt`, `${aside}.reason.txt`]);
      assert.equal(readFileSync(pathOf(`${aside}.corrupt`), 'utf8'), damaged);
      assert.match(
        readFileSync(pathOf(`${aside}.reason.txt`), 'utf8'),
        /^line 2 is no record of this file, 2 others/,
      );
    });
  }

  it('that changed after they were sealed are put aside when they are read; the others are read', async () => {
    const bytes = readFileSync(pathOf(SEALED_SIGNALS), 'utf8');
    writeFileSync(pathOf(SEALED_SIGNALS), bytes.replace('61.5', '16.5'));
    const { signals, told } = await readTwice();
    assert.deepEqual(signals, SIGNALS.slice(2));
    assert.match(
      told[0]?.detail ?? '',
      /^it is not what its checksum in the manifest says; moved to quarantine/,
    );
    assert.deepEqual(quarantined().length, 2);
  });

  it('as a Parquet file with a flipped bit are put aside when they are read; the others are read', async () => {
    const bytes = readFileSync(pathOf(SEALED_CANDLES));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(pathOf(SEALED_CANDLES), bytes);
    const { ohlcv, signals } = await readTwice();
    assert.deepEqual([ohlcv, signals], [{}, SIGNALS]);
    assert.deepEqual(readFileSync(pathOf(`quarantine/${SEALED_CANDLES}.corrupt`)), bytes);
  });

  for (const [what, content] of [
    ['cut in half', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['empty', () => Buffer.alloc(0)],
    ['of another kind', () => Buffer.from('openTime,open\n')],
  ] as const) {
    it(`as a Parquet file that is ${what} are put aside at the start, and can be written again`, async () => {
      writeFileSync(pathOf(SEALED_CANDLES), content(readFileSync(pathOf(SEALED_CANDLES))));
      assert.deepEqual((await readTwice()).ohlcv, {});
      assert.match(readFileSync(pathOf(`quarantine/${SEALED_CANDLES}.reason.txt`), 'utf8'), /cannot be read/);
      const again = await open();
      await again.append({ candles: [{ ...series(), columns: candles(YESTERDAY, 144) }] });
      await again.maintain();
      assert.equal((await readAll(again)).ohlcv['5m']?.length, 144);
    });
  }

  it('go into quarantine again under another name', async () => {
    for (let round = 0; round < 2; round += 1) {
      appendFileSync(pathOf(OPEN_SIGNALS), 'garbage\n');
      await readAll(await open());
      await store?.close();
    }
    assert.deepEqual(
      quarantined().filter((path) => path.endsWith('.corrupt')),
      [`quarantine/${OPEN_SIGNALS}.2.corrupt`, `quarantine/${OPEN_SIGNALS}.corrupt`],
    );
  });

  it('are missed when they are gone', async () => {
    rmSync(pathOf(SEALED_CANDLES));
    const { signals, told } = await readTwice();
    assert.deepEqual(signals, SIGNALS);
    assert.deepEqual(told, [{ path: SEALED_CANDLES, detail: 'it is in the manifest, but gone' }]);
  });

  for (const [what, text] of [
    ['no JSON', '{"schemaVersion": 1, "files": {'],
    ['of another form', '{"schemaVersion": 1, "files": [1]}'],
  ]) {
    it(`make a manifest that is ${what} anew from the files`, async () => {
      writeFileSync(pathOf('manifest.json'), text ?? '');
      const { signals, ohlcv } = await readTwice();
      assert.deepEqual([signals, ohlcv['5m']?.length], [SIGNALS, 144]);
      assert.ok(quarantined().includes('quarantine/manifest.json.corrupt'));
    });
  }

  it('need no manifest', async () => {
    rmSync(pathOf('manifest.json'));
    const { signals, ohlcv, told } = await readTwice();
    assert.deepEqual([signals, ohlcv['5m']?.length, told], [SIGNALS, 144, []]);
  });

  it('of a newer version are not touched', async () => {
    writeFileSync(pathOf('manifest.json'), '{"schemaVersion": 99, "tables": []}');
    const before = listDataFiles(folder);
    await assert.rejects(open(), { code: 'unavailable', message: /newer version \(schema 99, .*\): update/ });
    assert.deepEqual(listDataFiles(folder), before);
    assert.match(readFileSync(pathOf('manifest.json'), 'utf8'), /99/);
  });

  it('drop what a journal did not finish, and what is broken in it, and take the rest', async () => {
    rmSync(pathOf('journal'), { recursive: true });
    rmSync(pathOf(OPEN_SIGNALS));
    const again = await open();
    for (const each of SIGNALS.slice(2)) await again.append({ signals: [each] });
    await again.close();
    rmSync(pathOf(OPEN_SIGNALS));
    const journal = pathOf('journal/00000001.log');
    const lines = readFileSync(journal, 'utf8').split('\n');
    const flipped = lines[1]?.replace('61.5', '16.5') ?? '';
    writeFileSync(journal, [lines[0], flipped, lines[2], lines[2]?.slice(0, -5)].join('\n'));
    const { signals } = await readAll(await open());
    assert.deepEqual(times(signals), [YESTERDAY, YESTERDAY + 1, NOON, NOON + 2]);
    assert.deepEqual(
      incidents.map(({ path }) => path),
      [OPEN_SIGNALS, 'journal/00000001.log'],
    );
  });

  it('leave files of others alone', async () => {
    writeFileSync(pathOf('signals/notes.txt'), 'mine');
    writeFileSync(pathOf('signals/demo/BTC%2FUSDT/5m/.2026-01-05.jsonl.tmp'), 'half');
    await open();
    assert.equal(readFileSync(pathOf('signals/notes.txt'), 'utf8'), 'mine');
    assert.ok(!listFiles(folder).some((path) => path.endsWith('.tmp')), 'but unfinished ones go');
  });
});
