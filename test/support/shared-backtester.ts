import type { Backtester } from '@fast-scanner/server/scanners/market-scan/backtester.ts';
import { createWorkerBacktester } from '@fast-scanner/server/scanners/market-scan/worker-backtester.ts';

let backtester: Backtester | null = null;

/** The real worker threads, shared by all suites of a process because starting them takes longer than most tests. */
export function sharedBacktester(): Backtester {
  backtester ??= createWorkerBacktester({ threads: 2 });
  const { test, sweep } = backtester;
  return { test, sweep, close: async () => undefined };
}

after(async () => {
  await backtester?.close();
  backtester = null;
});
