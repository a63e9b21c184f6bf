/*
 * The continuous scanner on 200 symbols × 4 timeframes of the simulated market: processor time of its passes, how long the event loop is
 * held, how late the price loop begins meanwhile, and memory over an hour that passes in a minute.
 *   node --expose-gc --import tsx bench/continuous.bench.ts [--quick]
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { createEngine } from '@fast-scanner/server/engine.ts';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { type StreamState, startContinuousRequestSchema } from '@fast-scanner/shared';
import { testConfig } from '../test/support/test-config.ts';
import { printTable } from './support/table.ts';

const SYMBOLS = 200;
const SERIES = SYMBOLS * 4;
const MINUTE_MS = 60_000;
/** Passes with a new candle of every symbol. */
const PASSES = process.argv.includes('--quick') ? 2 : 5;
const REPLAY_S = process.argv.includes('--quick') ? 10 : 60;
const WARM_UP_S = REPLAY_S / 3;
const REPLAY_SPEED = 60;

const collect = globalThis.gc ?? (() => Promise.reject(new Error('run with --expose-gc')));

/** Just after candles of all timeframes have closed. Monotonic time is real; the wall goes as fast as it is told. */
const wall = { base: Date.UTC(2026, 2, 2, 0, 0, 30), since: performance.now(), speed: 1 };
const now = () => Math.floor(wall.base + (performance.now() - wall.since) * wall.speed);
function setWall(change: { readonly jumpMs?: number; readonly speed?: number }): void {
  wall.base = now() + (change.jumpMs ?? 0);
  wall.since = performance.now();
  wall.speed = change.speed ?? wall.speed;
}

interface Phase {
  readonly name: string;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly delay: IntervalHistogram;
  readonly lagsMs: readonly number[];
}

const dataDir = mkdtempSync(join(tmpdir(), 'fast-scanner-bench-'));
const config = testConfig({ dataDir, defaultExchange: 'demo' });
const engine = await createEngine(config, {
  clock: { ...systemClock, now },
  onBug: (error) => console.error(error),
});
await engine.open();
const { continuous, feeds, eventLog } = engine;

let told = 0;
eventLog.subscribe('topic:continuous', (events) => {
  told += events.filter(({ type }) => type === 'continuousSignal').length;
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const streams = async () => (await continuous.status()).streams;

/** Does something while the processor's time, the event loop's delay and the price loop's lag are measured. */
async function measure(name: string, work: () => Promise<unknown>): Promise<Phase> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const lags = new Map<string, number>();
  const sampler = setInterval(async () => {
    const { last_run_at, lag_ms }: StreamState = (await streams()).price;
    if (last_run_at !== null && lag_ms !== null) lags.set(last_run_at, lag_ms);
  }, 250);
  delay.enable();
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await work();
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  delay.disable();
  clearInterval(sampler);
  return { name, cpuMs: (user + system) / 1000, wallMs, delay, lagsMs: [...lags.values()] };
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 120_000;
  while (!(await isTrue())) {
    assert.ok(performance.now() < giveUpAt, 'it takes longer than two minutes');
    await pause(5);
  }
}

/** Resolves when as many signals were told and the run that told them has ended. */
async function untilTold(count: number): Promise<void> {
  await until(() => told >= count);
  const endedBefore = (await streams()).signals.last_run_at;
  await until(async () => (await streams()).signals.last_run_at !== endedBefore);
}

async function heapMb(): Promise<number> {
  for (let pass = 0; pass < 4; pass += 1) {
    await collect();
    await pause(50);
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return (heapUsed + external + arrayBuffers) / 2 ** 20;
}

const markets = await (await feeds.get('demo')).markets();
const symbols = markets
  .filter(({ kind }) => kind === 'spot')
  .map(({ symbol }) => symbol)
  .slice(0, SYMBOLS);
assert.equal(symbols.length, SYMBOLS);
const request = startContinuousRequestSchema.parse({
  symbols,
  config: {
    price_update_interval: 1,
    signal_generation_interval: 1,
    market_state_interval: 2,
    scan_interval: 3,
  },
});

const phases: Phase[] = [];
phases.push(
  await measure(`first pass: ${SERIES} windows read, told and collected`, async () => {
    await continuous.start(request);
    await untilTold(SERIES);
  }),
);
await pause(5_000);
phases.push(await measure('5 s without a new candle', () => pause(5_000)));
for (let pass = 0; pass < PASSES; pass += 1) {
  const before = told;
  phases.push(
    await measure(`a candle of 5 minutes has closed (${pass + 1})`, async () => {
      setWall({ jumpMs: 5 * MINUTE_MS });
      await untilTold(before + SYMBOLS);
    }),
  );
  await pause(1_000);
}

setWall({ speed: REPLAY_SPEED });
await pause(WARM_UP_S * 1_000);
const heapBefore = await heapMb();
const replay = await measure(`${REPLAY_S} s at ${REPLAY_SPEED} times the speed`, () =>
  pause(REPLAY_S * 1_000),
);
const heapAfter = await heapMb();
phases.push(replay);
const { errors, skipped, last_error } = (await streams()).signals;

const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(0);
const p99 = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.ceil(0.99 * values.length) - 1]?.toFixed(0) ?? '–';
printTable(
  `The continuous scanner on ${SYMBOLS} symbols × 4 timeframes (goals: 500 ms for a pass, loop held at most 50 ms, lag p99 250 ms)`,
  ['', 'CPU ms', 'wall ms', 'loop p99 ms', 'loop max ms', 'price lag p99 ms'],
  phases.map(({ name, cpuMs, wallMs, delay, lagsMs }) => [
    name,
    cpuMs.toFixed(0),
    wallMs.toFixed(0),
    ms(delay.percentile(99)),
    ms(delay.max),
    p99(lagsMs),
  ]),
);
printTable(
  `Memory over ${(REPLAY_S * REPLAY_SPEED) / 60} minutes of replay (goal: less than 10 %)`,
  ['before MB', 'after MB', 'growth %', 'signals told', 'errors', 'skipped'],
  [
    [
      heapBefore.toFixed(1),
      heapAfter.toFixed(1),
      (100 * (heapAfter / heapBefore - 1)).toFixed(1),
      told,
      `${errors} ${last_error?.detail ?? ''}`,
      skipped,
    ],
  ],
);
await engine.close();
rmSync(dataDir, { recursive: true });
