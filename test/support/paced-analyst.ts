import type { DeepAnalysisResult } from '@fast-scanner/server/analysis/deep-analysis.ts';
import type { Analyst } from '@fast-scanner/server/scanners/common/analyst.ts';

/**
 * Ends an analysis every so many ms however slow the machine is: the first is computed, the others repeat it. For what is measured is
 * those who listen.
 */
export function pacedAnalyst(analyst: Analyst, everyMs: number): Analyst {
  let first: Promise<DeepAnalysisResult> | null = null;
  let nextAt = 0;
  return {
    analyze: async (task, signal) => {
      first ??= analyst.analyze(task, signal);
      const result = await first;
      const now = performance.now();
      nextAt = Math.max(now, nextAt + everyMs);
      await new Promise((resolve) => setTimeout(resolve, nextAt - now));
      signal.throwIfAborted();
      return result;
    },
    predict: (task, signal) => analyst.predict(task, signal),
    close: () => analyst.close(),
  };
}
