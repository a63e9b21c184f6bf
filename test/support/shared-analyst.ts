import type { Analyst } from '@fast-scanner/server/scanners/common/analyst.ts';
import { createWorkerAnalyst } from '@fast-scanner/server/scanners/common/worker-analyst.ts';
import { builtServer } from './built-server.ts';

let opening: Promise<Analyst> | null = null;

/** The real worker threads, shared by all suites of a process because starting them takes longer than most tests. */
export function sharedAnalyst(): Analyst {
  return {
    analyze: async (task, signal) => (await open()).analyze(task, signal),
    predict: async (task, signal) => (await open()).predict(task, signal),
    close: async () => undefined,
  };
}

function open(): Promise<Analyst> {
  opening ??= builtServer().then((folder) =>
    createWorkerAnalyst({ threads: 2, entry: new URL('analysis-worker.js', folder) }),
  );
  return opening;
}

after(async () => {
  await (await opening)?.close();
  opening = null;
});
