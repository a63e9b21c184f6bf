import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { openTrainingStore } from '@fast-scanner/server/store/training/open-training-store.ts';
import type { TrainingExport, TrainingStore } from '@fast-scanner/server/store/training/training-store.ts';
import { type CandleColumns, rowsFromColumns, toIsoTime } from '@fast-scanner/shared';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { ALWAYS, candles, DAY_MS, label, NOON, series, signal } from '../../../contracts/training/records.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { type DuckDb, openDuckDb } from './duck-db.ts';
import { quickFiles } from './quick-files.ts';

const YESTERDAY = NOON - DAY_MS;
const SEALED = 'ohlcv/demo/BTC%2FUSDT/5m/2026-01-04.parquet';
const CANDLE_COLUMNS = {
  openTime: 'TIMESTAMP WITH TIME ZONE',
  open: 'DOUBLE',
  high: 'DOUBLE',
  low: 'DOUBLE',
  close: 'DOUBLE',
  volume: 'DOUBLE',
};

/** With numbers that a careless writer would change. */
function hardCandles(): CandleColumns {
  const columns = candles(YESTERDAY, 144);
  const values = [Number.MIN_VALUE, Number.MAX_VALUE, 0.1 + 0.2, 1e-8, 2 ** 53 + 2, 1 / 3];
  values.forEach((value, index) => {
    columns.volume[index] = value;
  });
  return columns;
}

describe('the Parquet files of the training data', () => {
  const folder = temporaryFolder();
  let store: TrainingStore;
  let signals: TrainingExport;
  const path = () => `${folder.path}/${SEALED}`;

  before(async () => {
    const clock = new FakeClock(NOON);
    store = await openTrainingStore({ folder: folder.path, clock, retentionDays: 3650, files: quickFiles });
    await store.append({
      signals: [signal(YESTERDAY), signal(NOON)],
      candles: [{ ...series(), columns: hardCandles() }],
    });
    await store.appendLabels([label(NOON)]);
    await store.maintain();
    signals = await store.exportFile({ ...series(), ...ALWAYS, format: 'parquet', kind: 'signals' });
  });
  after(() => store.close());

  it('say what they hold: columns, types, units and source', () => {
    const metadata = parquetMetadata(Uint8Array.from(readFileSync(path())).buffer);
    const [, time, ...rest] = metadata.schema;
    assert.deepEqual(time?.logical_type, { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' });
    assert.deepEqual(
      rest.map(({ name, type, repetition_type }) => [name, type, repetition_type]),
      [...['open', 'high', 'low', 'close', 'volume'].map((name) => [name, 'DOUBLE', 'REQUIRED'])],
    );
    assert.deepEqual(
      Object.fromEntries(metadata.key_value_metadata?.map(({ key, value }) => [key, value]) ?? []),
      {
        exchange: 'demo',
        symbol: 'BTC/USDT',
        timeframe: '5m',
        schemaVersion: '1',
      },
    );
  });

  it('are read back to the last bit', async () => {
    const rows = await parquetReadObjects({ file: Uint8Array.from(readFileSync(path())).buffer });
    assert.deepEqual(
      rows.map((row) => [
        row['openTime'].getTime(),
        ...['open', 'high', 'low', 'close', 'volume'].map((name) => row[name]),
      ]),
      rowsFromColumns(hardCandles()),
    );
  });

  describe('in DuckDB', () => {
    let duck: DuckDb;

    before(async function () {
      const opened = await openDuckDb();
      if ('missing' in opened) {
        console.log(`skipped: DuckDB cannot be loaded here (${opened.missing})`);
        this.skip();
      }
      duck = opened.duck;
    });
    after(() => duck?.close());

    it('have the same schema', async () => {
      const columns = await duck.rows(`DESCRIBE SELECT * FROM '${path()}'`);
      const types = Object.fromEntries(columns.map((row) => [row['column_name'], row['column_type']]));
      assert.deepEqual(types, CANDLE_COLUMNS);
    });

    it('have the same rows with the same values', async () => {
      const rows = await duck.rows(
        `SELECT epoch_ms("openTime")::DOUBLE AS t, * EXCLUDE "openTime" FROM '${path()}'`,
      );
      assert.deepEqual(
        rows.map((row) => Object.values(row)),
        rowsFromColumns(hardCandles()),
      );
    });

    it('are found over folders, as the data card says', async () => {
      const [row] = await duck.rows(`SELECT count(*)::INT AS n FROM '${folder.path}/ohlcv/*/*/5m/*.parquet'`);
      assert.equal(row?.['n'], 144);
    });

    it('hold signals with nested fields as columns, and missing ones as NULL', async () => {
      const file = `${folder.path}/${signals.fileName}`;
      await quickFiles.write(file, signals.bytes, { position: 0 });
      const select = `strftime(epoch_ms(epoch_ms("candleCloseTime")), '%Y-%m-%dT%H:%M:%S.%gZ') AS closed, symbol, price,
        "momentum.momentum_score" AS score, "momentum.volume_ratio" AS ratio, tags, "label.outcome" AS outcome`;
      const rows = await duck.rows(`SELECT ${select} FROM '${file}' ORDER BY closed`);
      const expected = (time: number, outcome: string | null) => ({
        ...{ closed: toIsoTime(time), symbol: 'BTC/USDT', price: 100 + (time % 7) / 3 },
        ...{ score: 61.5, ratio: null, tags: '["a","b"]', outcome },
      });
      assert.deepEqual(rows, [expected(YESTERDAY, null), expected(NOON, 'target')]);
    });

    it('are told apart from damaged ones by their checksum alone where the format has none', async () => {
      const [row] = await duck.rows(`SELECT sha256(content) AS sum FROM read_blob('${path()}')`);
      await store.close();
      const manifest = JSON.parse(readFileSync(`${folder.path}/manifest.json`, 'utf8'));
      assert.equal(manifest.files[SEALED].sha256, row?.['sum']);
    });
  });
});
