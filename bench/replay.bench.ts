/*
 * `fast-scanner replay` as it is shipped, built and in a process of its own, over eight months of recorded hourly candles of 48 symbols: wall
 * time, memory, and whether a second replay prints the same.
 *   node --import tsx bench/replay.bench.ts [--quick]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtServer } from '../test/support/built-server.ts';
import { printTable } from './support/table.ts';

const QUICK = process.argv.includes('--quick');
const RANGE = ['--from', '2024-01-01', '--to', QUICK ? '2024-02-01' : '2024-09-01', '--step', '1h'];
const RECORDED = fileURLToPath(new URL('../../shared/data/crypto/binance-spot-2024', import.meta.url));
const GOAL_S = 120;
const POLL_MS = 200;

interface Replay {
  readonly seconds: number;
  readonly rssMb: number;
  readonly out: string;
}

/** The most memory a process has had so far, where the system tells. */
function peakMb(pid: number | undefined): number {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1024;
  } catch {
    return Number.NaN;
  }
}

async function replay(dataDir: string): Promise<Replay> {
  const cli = fileURLToPath(new URL('cli.js', await builtServer()));
  const startedAt = performance.now();
  const child = spawn(process.execPath, [cli, 'replay', '--data', RECORDED, ...RANGE, '--json'], {
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  let rssMb = Number.NaN;
  const polling = setInterval(() => (rssMb = peakMb(child.pid) || rssMb), POLL_MS);
  const [exitCode] = await once(child, 'close');
  clearInterval(polling);
  if (exitCode !== 0) throw new Error(`the replay ended with ${exitCode}`);
  return { seconds: (performance.now() - startedAt) / 1_000, rssMb, out };
}

async function measure(dataDir: string): Promise<void> {
  const [first, second] = [await replay(dataDir), await replay(dataDir)];
  const { steps, signals, scorecard } = JSON.parse(first.out);
  const row = (what: string, { seconds, rssMb }: Replay) => [
    what,
    seconds.toFixed(1),
    Math.round(steps / seconds).toLocaleString('en-US'),
    rssMb.toFixed(0),
  ];
  printTable(
    `Replay of ${steps.toLocaleString('en-US')} scans of a symbol, ${signals.toLocaleString('en-US')} signals (goal ≤ ${GOAL_S} s for 281,088)`,
    ['', 's', 'scans/s', 'peak RSS MB'],
    [row('first', first), row('again, over what it had kept', second)],
  );
  const megabytes = statSync(join(dataDir, 'scanner.sqlite')).size / 2 ** 20;
  console.log(
    `\nDatabase ${megabytes.toFixed(0)} MB. The second output is ${first.out === second.out ? '' : 'NOT '}the same.`,
  );
  console.log(scorecard.verdict);
}

if (existsSync(RECORDED)) {
  const folder = mkdtempSync(join(tmpdir(), 'fast-scanner-bench-'));
  try {
    await measure(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
} else {
  console.log('replay: skipped: no recorded data');
}
