import type { Backtester } from '@fast-scanner/server/scanners/market-scan/backtester.ts';
import { createWorkerBacktester } from '@fast-scanner/server/scanners/market-scan/worker-backtester.ts';
import { builtServer } from './built-server.ts';

let opening: Promise<Backtester> | null = null;

/** The real worker threads, shared by all suites of a process because starting them takes longer than most tests. */
export function sharedBacktester(): Backtester {
  return {
    test: async (batch, turn) => (await open()).test(batch, turn),
    sweep: async (batch, turn) => (await open()).sweep(batch, turn),
    close: async () => undefined,
  };
}

function open(): Promise<Backtester> {
  opening ??= builtServer().then((folder) =>
    createWorkerBacktester({ threads: 2, entry: new URL('backtest-worker.js', folder) }),
  );
  return opening;
}

after(async () => {
  await (await opening)?.close();
  opening = null;
});
