import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';

/** Paths of all files below a folder, with forward slashes. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1))
    .sort();
}

/** The rows of one of the data files, read without any code of the product. */
export async function loadRows(folder: string, path: string): Promise<Record<string, unknown>[]> {
  const bytes = readFileSync(`${folder}/${path}`);
  if (path.endsWith('.parquet')) return parquetReadObjects({ file: Uint8Array.from(bytes).buffer });
  assert.ok(bytes.toString().endsWith('\n'), `${path} ends in an unfinished line`);
  return bytes
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

export function listDataFiles(folder: string): string[] {
  return listFiles(folder).filter((path) => /^(signals|ohlcv|clustering|labels)\//.test(path));
}

/** Every data file loads, and none holds a row twice. */
export async function assertAllLoad(folder: string): Promise<void> {
  for (const path of listDataFiles(folder)) {
    assert.match(path, /\.(jsonl|parquet)$/);
    const rows = await loadRows(folder, path);
    const times = rows.map((row) => Number(row['openTime'] ?? Date.parse(String(row['candleCloseTime']))));
    assert.equal(new Set(times).size, times.length, `${path} holds a row twice`);
  }
}

/** The manifest names exactly the data files there are, and says of each what is in it. */
export async function assertManifestIsTrue(folder: string): Promise<void> {
  const { files } = JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8'));
  assert.deepEqual(Object.keys(files).sort(), listDataFiles(folder));
  for (const [path, entry] of Object.entries<Record<string, unknown>>(files)) {
    const bytes = readFileSync(`${folder}/${path}`);
    const rows = await loadRows(folder, path);
    const times = rows.map((row) => new Date((row['openTime'] ?? row['candleCloseTime']) as number | string));
    const sorted = times.map((time) => time.toISOString()).sort();
    assert.deepEqual(
      [entry['rows'], entry['firstTime'], entry['lastTime'], entry['bytes'], entry['sha256']],
      [rows.length, sorted[0], sorted.at(-1), bytes.length, createHash('sha256').update(bytes).digest('hex')],
      path,
    );
  }
}
