import type { TrainingStore } from './training-store.ts';

/** A store that is opened when it is used for the first time: most processes never collect anything. A failure to open is tried again. */
export function createLazyTrainingStore(open: () => Promise<TrainingStore>): TrainingStore {
  let opening: Promise<TrainingStore> | null = null;
  const opened = () => {
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
    ping: async () => (await opening)?.ping(),
    close: async () => (await opening?.catch(() => null))?.close(),
  };
}
