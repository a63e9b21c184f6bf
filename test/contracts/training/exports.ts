import assert from 'node:assert/strict';
import type { ExportFormat, TrainingKind } from '@fast-scanner/server/store/training/training-store.ts';
import { parquetReadObjects } from 'hyparquet';
import type { TrainingBench } from '../training-store.contract.ts';
import { ALWAYS, candles, DAY_MS, label, NOON, series, signal } from './records.ts';

const DAY_AGO = NOON - DAY_MS;

export function describeExports(bench: TrainingBench): void {
  async function exportOf(format: ExportFormat, kind?: TrainingKind) {
    const store = await bench.open();
    const columns = candles(DAY_AGO, 300);
    await store.append({ signals: [signal(DAY_AGO), signal(NOON)], candles: [{ ...series(), columns }] });
    await store.maintain();
    await store.appendLabels([label(NOON)]);
    return store.exportFile({ ...series(), ...ALWAYS, format, ...(kind ? { kind } : {}) });
  }

  it('are candles as JSON Lines', async () => {
    const { bytes, rows, fileName, contentType } = await exportOf('jsonl');
    assert.deepEqual(
      [rows, fileName, contentType],
      [300, 'demo-BTC%2FUSDT-5m-ohlcv.jsonl', 'application/x-ndjson'],
    );
    const lines = bytes
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const { openTime, volume } = candles(DAY_AGO, 300);
    assert.deepEqual(Object.keys(lines[0]), ['openTime', 'open', 'high', 'low', 'close', 'volume']);
    assert.deepEqual(
      lines.map((line) => [line.openTime, line.volume]),
      Array.from(openTime, (time, n) => [time, volume[n]]),
    );
  });

  it('are candles as CSV', async () => {
    const { bytes, contentType } = await exportOf('csv');
    assert.equal(contentType, 'text/csv; charset=utf-8');
    const [header, first, ...rest] = bytes.toString().split('\r\n');
    assert.equal(header, 'openTime,open,high,low,close,volume');
    const { openTime, open } = candles(DAY_AGO, 1);
    assert.deepEqual(first?.split(',').slice(0, 2).map(Number), [openTime[0], open[0]]);
    assert.equal(rest.length, 300);
  });

  it('are candles as Parquet', async () => {
    const { bytes, contentType } = await exportOf('parquet');
    assert.equal(contentType, 'application/vnd.apache.parquet');
    const rows = await parquetReadObjects({ file: toArrayBuffer(bytes) });
    const { openTime, close } = candles(DAY_AGO, 300);
    assert.deepEqual(
      rows.map((row) => [Number(row['openTime']), row['close']]),
      Array.from(openTime, (time, n) => [time, close[n]]),
    );
  });

  it('are signals with their labels', async () => {
    const jsonl = (await exportOf('jsonl', 'signals')).bytes.toString().trimEnd().split('\n');
    const { exchange, symbol, timeframe, candleCloseTime, ...told } = label(NOON);
    assert.deepEqual(
      jsonl.map((line) => JSON.parse(line)),
      [
        { ...signal(DAY_AGO), label: null },
        { ...signal(NOON), label: told },
      ],
    );
    const rows = await parquetReadObjects({
      file: toArrayBuffer((await exportOf('parquet', 'signals')).bytes),
    });
    assert.deepEqual(
      rows.map((row) => [
        row['candleCloseTime'].toISOString(),
        row['momentum.momentum_score'],
        row['label.outcome'] ?? null,
      ]),
      [
        [new Date(DAY_AGO).toISOString(), 61.5, null],
        [new Date(NOON).toISOString(), 61.5, 'target'],
      ],
    );
  });

  it('have no rows when there are none', async () => {
    const store = await bench.open();
    for (const kind of ['ohlcv', 'signals', 'labels'] as const) {
      const query = { ...series('ETH/USDT'), ...ALWAYS, kind };
      const parquet = await store.exportFile({ ...query, format: 'parquet' });
      assert.deepEqual(await parquetReadObjects({ file: toArrayBuffer(parquet.bytes) }), []);
      assert.equal(
        (await store.exportFile({ ...query, format: 'csv' })).bytes.toString().split('\r\n').length,
        2,
      );
      assert.equal((await store.exportFile({ ...query, format: 'jsonl' })).bytes.length, 0);
    }
  });
}

function toArrayBuffer(bytes: Buffer): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
