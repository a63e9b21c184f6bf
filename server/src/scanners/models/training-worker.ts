import { constants, platform, setPriority } from 'node:os';
import { ScannerError } from '@fast-scanner/shared';
import { trainPredictionModel } from '../../analysis/prediction/train-prediction-model.ts';
import { toSharedText } from '../common/shared-text.ts';
import { answerWith, type WorkerAnswer } from '../common/worker-answer.ts';
import type { LearnedModel, TrainingTask } from './model-trainer.ts';

stepBack();

/** Entry of the thread that trains. */
export function train(task: TrainingTask): WorkerAnswer<LearnedModel> {
  return answerWith(() => {
    const startedAt = performance.now();
    const { model, report, reason } = trainPredictionModel(task);
    if (model === null) throw new ScannerError('insufficient_data', reason);
    const json = toSharedText(JSON.stringify(model));
    return { json, report, trainingMs: performance.now() - startedAt };
  });
}

/** Lets everything that somebody waits for go first. */
function stepBack(): void {
  if (platform() !== 'linux') return; // elsewhere it would slow the whole process and not this thread alone
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // a container may forbid it; the training is then one thread among others
  }
}
