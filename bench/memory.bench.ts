import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createApp } from '@fast-scanner/server/app.ts';
import { quickScanRequestSchema } from '@fast-scanner/shared';
import { testConfig } from '../test/support/test-config.ts';
import { BENCH_SCAN_ID } from './support/delivery-protocol.ts';
import { printTable } from './support/table.ts';

/** What the server holds: for each connected client, and after many scans; and how long its event loop was ever held up by them. */
const QUICK = process.argv.includes('--quick');
const CLIENTS = QUICK ? 200 : 1000;
const SCANS = QUICK ? 10 : 100;

const collect = globalThis.gc ?? (() => Promise.reject(new Error('run with --expose-gc')));

interface Memory {
  readonly rssMb: number;
  readonly heapMb: number;
}

async function memory(): Promise<Memory> {
  for (let pass = 0; pass < 4; pass += 1) {
    await collect();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rssMb: rss / 2 ** 20, heapMb: (heapUsed + external) / 2 ** 20 };
}

const dataDir = mkdtempSync(join(tmpdir(), 'fast-scanner-bench-'));
const app = await createApp(testConfig({ dataDir }));
const { url } = await app.start();
const rows: (string | number)[][] = [];

async function scan(limit: number): Promise<void> {
  const ended = new Promise((resolve) => app.scanner.once('deepAnalysisComplete', resolve));
  await app.scanner.start(quickScanRequestSchema.parse({ limit }));
  await ended;
}

function growth(before: Memory, after: Memory): [string, string] {
  return [(after.rssMb - before.rssMb).toFixed(1), (after.heapMb - before.heapMb).toFixed(1)];
}

async function connectClients(): Promise<ChildProcess> {
  const path = new URL('./support/delivery-fleet.ts', import.meta.url);
  const args = ['product', new URL(url).port, String(CLIENTS)];
  const fleet = fork(path, args, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, BENCH_SCAN_ID: scanId },
  });
  await once(fleet, 'message');
  return fleet;
}

await scan(20);
await scan(200);
const [newest] = (await app.scanner.scans({ limit: 1 })).scans;
const scanId = newest?.scanId ?? BENCH_SCAN_ID;
const idle = await memory();
const fleet = await connectClients();
const connected = await memory();
const [rss, heap] = growth(idle, connected);
rows.push([
  `${CLIENTS} clients on a scan`,
  rss,
  heap,
  `${((Number(heap) * 1024) / CLIENTS).toFixed(1)} KB heap a client`,
]);
fleet.kill();
await new Promise((resolve) => setTimeout(resolve, 1000));

const before = await memory();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
for (let round = 0; round < SCANS; round += 1) await scan(20);
delay.disable();
const after = await memory();
rows.push([
  `${SCANS} scans of 20 symbols`,
  ...growth(before, after),
  `${((Number(growth(before, after)[1]) * 1024) / SCANS).toFixed(1)} KB heap a scan`,
]);
await app.close();
rmSync(dataDir, { recursive: true });
printTable('Memory of the server process', ['', 'RSS + MB', 'heap + MB', ''], rows);
const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(1);
printTable(
  'Event loop delay during these scans (goal: never > 50 ms)',
  ['p50 ms', 'p99 ms', 'max ms'],
  [[ms(delay.percentile(50)), ms(delay.percentile(99)), ms(delay.max)]],
);
