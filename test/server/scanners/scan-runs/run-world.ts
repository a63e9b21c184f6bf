import assert from 'node:assert/strict';
import type { Engine } from '@fast-scanner/server/engine.ts';
import type { RunFindings } from '@fast-scanner/server/scanners/scan-runs/run-archive.ts';
import { type RunInput, type RunResponse, runRequestSchema, runResponseSchema } from '@fast-scanner/shared';
import { assertIdentity, completeRunLog, endOf } from '../../../support/run-log.ts';
import { createWorld, type ScannerWorld, type ScannerWorldOptions } from '../../../support/scanner-world.ts';

/**
 * Six coins whose candles are chosen for what becomes of them: BTC is a short with 85 points in every mode; ETH a long with 68, which
 * is enough for recon and strike; SOL has 66 but its first target pays too little; ADA has 61 and the same problem; XRP is HOLD; UNI
 * has 52.
 */
const SEEDS = {
  'BTC/USDT': 2,
  'ETH/USDT': 28,
  'SOL/USDT': 14,
  'ADA/USDT': 23,
  'XRP/USDT': 3,
  'UNI/USDT': 20,
};

export const COINS: readonly string[] = Object.keys(SEEDS);

/** An engine over the six coins, opened; `world.engine.close()` when done. */
export async function openRunWorld(options: ScannerWorldOptions): Promise<ScannerWorld> {
  const world = await createWorld({ symbols: COINS, seeds: Object.values(SEEDS), ...options });
  await world.engine.open();
  return world;
}

/** Starts a run over the six coins unless told otherwise; answers its id. */
export async function startRun({ runs }: Engine, request: RunInput = {}): Promise<string> {
  return (await runs.start(runRequestSchema.parse({ symbols: [...COINS], ...request }))).run_id;
}

/** A run with what it found. */
export type EndedRun = RunResponse & RunFindings;

/** Waits for a run's end and answers it with its findings. */
export async function endedRun(engine: Engine, runId: string): Promise<EndedRun> {
  const { metadata } = endOf(await completeRunLog(engine, runId));
  const answer = runResponseSchema.parse(await engine.runs.run(runId));
  assert.deepEqual(answer.metadata, metadata, 'the log and the answer say the same');
  assertIdentity(metadata);
  return answer as EndedRun; // ended: it has its findings
}

export async function runToEnd(engine: Engine, request: RunInput = {}): Promise<EndedRun> {
  return endedRun(engine, await startRun(engine, request));
}

export function symbolsOf(records: readonly { readonly symbol: string }[] = []): string[] {
  return records.map(({ symbol }) => symbol);
}
