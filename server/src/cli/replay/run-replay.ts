import { inspect } from 'node:util';
import { ScannerError, type Scorecard, type ScorecardResponse, toIsoTime } from '@fast-scanner/shared';
import { createEngine, type Engine } from '../../engine.ts';
import type { ReplayResult } from '../../scanners/replay/history-replayer.ts';
import type { CliContext } from '../cli-context.ts';
import { createProgressView } from '../progress-view.ts';
import type { PlannedReplay } from './plan-replay.ts';

export interface FinishedReplay {
  readonly result: ReplayResult;
  /** Of this replay alone; `null` when it was stopped. */
  readonly scorecard: Scorecard | null;
}

/** Replays with an engine of this process, which does nothing else, and computes the scorecard of what it kept. */
export async function runReplay(plan: PlannedReplay, context: CliContext): Promise<FinishedReplay> {
  const { stderr } = context;
  const onBug = (error: unknown) => stderr.write(`Unexpected error: ${inspect(error)}\n`);
  const engine = await createEngine(plan.config, { onBug, resumesWork: false }).catch(explainLock);
  try {
    const result = await replay(engine, plan, context);
    const scorecard = result.status === 'completed' ? await readScorecard(engine, result) : null;
    return { result, scorecard };
  } finally {
    await engine.close();
  }
}

async function replay(
  { replayer }: Engine,
  { request }: PlannedReplay,
  { stderr, signal }: CliContext,
): Promise<ReplayResult> {
  const progress = createProgressView(stderr);
  let hasRemoved = false;
  if (request.retrainMs !== null)
    progress.line('Models are learned first; the scans of a time wait for its model.');
  try {
    return await replayer.replay(request, {
      signal,
      onProgress: (step) => progress.update({ title: 'Replay', ...step }),
      onRemoved: () => {
        if (!hasRemoved) progress.line('Removing what an earlier replay of this time has kept …');
        hasRemoved = true;
      },
    });
  } finally {
    progress.stop();
  }
}

async function readScorecard({ outcomes }: Engine, result: ReplayResult): Promise<Scorecard> {
  const { dataSource, timeframe, from, to } = result;
  const {
    success: _,
    timestamp: __,
    ...scorecard
  }: ScorecardResponse = await outcomes.scorecard({
    origin: 'replay',
    exchange: dataSource.exchange,
    timeframe,
    from: toIsoTime(from),
    to: toIsoTime(to),
  });
  return scorecard;
}

/** Only a server, or another command, holds the folder. */
function explainLock(error: unknown): never {
  if (!(error instanceof ScannerError) || !error.message.includes('in use by')) throw error;
  const detail = `${error.message}. A server can be started again after the replay and shows its scorecard`;
  throw new ScannerError(error.code, detail, { cause: error });
}
