import type { ModelTrainer } from '@fast-scanner/server/scanners/models/model-trainer.ts';
import { createWorkerTrainer } from '@fast-scanner/server/scanners/models/worker-trainer.ts';
import { builtServer } from './built-server.ts';

let opening: Promise<ModelTrainer> | null = null;

/** The real training threads, from the build because they start in a fraction of the time. Engines may close it: each training has its own. */
export function sharedTrainer(): ModelTrainer {
  return {
    train: async (task, signal) => (await open()).train(task, signal),
    close: async () => undefined,
  };
}

function open(): Promise<ModelTrainer> {
  opening ??= builtServer().then((folder) =>
    createWorkerTrainer({ entry: new URL('training-worker.js', folder) }),
  );
  return opening;
}
