import type { Analyst } from '@fast-scanner/server/scanners/common/analyst.ts';
import { createWorkerAnalyst } from '@fast-scanner/server/scanners/common/worker-analyst.ts';

let analyst: Analyst | null = null;

/** The real worker threads, shared by all suites of a process because starting them takes longer than most tests. */
export function sharedAnalyst(): Analyst {
  analyst ??= createWorkerAnalyst({ threads: 2 });
  const { analyze } = analyst;
  return { analyze, close: async () => undefined };
}

after(async () => {
  await analyst?.close();
  analyst = null;
});
