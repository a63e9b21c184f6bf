import { inspect } from 'node:util';
import type { ScanResponse } from '@fast-scanner/shared';
import { createEngine, type Engine } from '../../engine.ts';
import type { ScanProgress } from '../../scanners/fast-scanner/scan-run.ts';
import type { CliContext } from '../cli-context.ts';
import { createProgressView } from '../progress-view.ts';
import { untilAborted } from '../until-aborted.ts';
import type { ScanPlan } from './plan-scan.ts';

/** After so long without a word the user is told what is waited for. */
const SILENCE_MS = 2000;
const PHASE_TITLES: Readonly<Record<ScanProgress['phase'], string>> = {
  quick_scan: 'Phase 1, quick scan   ',
  deep_analysis: 'Phase 2, deep analysis',
};

/** Runs the engine for one scan and answers what the scan has when it ends, however it does. */
export async function runScan({ config, request }: ScanPlan, context: CliContext): Promise<ScanResponse> {
  const { stderr, signal } = context;
  const onBug = (error: unknown) => stderr.write(`Unexpected error: ${inspect(error)}\n`);
  const engine = await createEngine(config, { onBug });
  const progress = createProgressView(stderr);
  const note = () => progress.note(`Waiting for ${config.defaultExchange} …`);
  const stopWaiting = engine.clock.schedule(SILENCE_MS, note);
  engine.scanner.on('scanProgress', ({ phase, ...tick }) => {
    stopWaiting();
    progress.update({ title: PHASE_TITLES[phase], ...tick });
  });
  engine.scanner.on('scanError', ({ symbol, error }) => {
    if (symbol === undefined) progress.note(error);
  });
  try {
    return await follow(engine, request, signal);
  } finally {
    stopWaiting();
    progress.stop();
    await engine.close();
  }
}

async function follow(
  { scanner }: Engine,
  request: ScanPlan['request'],
  signal: AbortSignal,
): Promise<ScanResponse> {
  const ended = new Promise<void>((resolve) => scanner.once('deepAnalysisComplete', () => resolve()));
  const { scanId } = await untilAborted(scanner.start(request, { signal }), signal);
  await ended;
  return scanner.scan(scanId);
}
