import type { TrainingStore } from './training-store.ts';

/**
 * A store that is opened when it is used for the first time: most processes never collect anything. A failure to open is tried again, also by
 * `ping`, which says it until it succeeds.
 */
export function createLazyTrainingStore(open: () => Promise<TrainingStore>): TrainingStore {
  let opening: Promise<TrainingStore> | null = null;
  let isWanted = false;
  const opened = () => {
    isWanted = true;
    opening ??= open().catch((error) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  return {
    append: async (batch) => (await opened()).append(batch),
    appendLabels: async (labels) => (await opened()).appendLabels(labels),
    read: async (query) => (await opened()).read(query),
    exportFile: async (query) => (await opened()).exportFile(query),
    maintain: async () => (await opened()).maintain(),
    ping: async () => (isWanted ? (await opened()).ping() : undefined),
    close: async () => (await opening?.catch(() => null))?.close(),
  };
}
