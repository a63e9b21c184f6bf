import type { WorkerAnswer } from '../common/worker-answer.ts';
import { replaySteps } from './replay-steps.ts';
import type { ReplayAnswer, ReplayTask } from './replay-task.ts';

/** Entry of the worker threads. */
export async function replay(task: ReplayTask): Promise<WorkerAnswer<ReplayAnswer>> {
  return { ok: true, result: await replaySteps(task) };
}
