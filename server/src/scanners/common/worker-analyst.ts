import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { ScannerError } from '@fast-scanner/shared';
import { Piscina } from 'piscina';
import type { DeepAnalysisInput } from '../../analysis/deep-analysis.ts';
import type { WorkerAnswer } from './analysis-worker.ts';
import type { Analyst } from './analyst.ts';

export interface WorkerAnalystOptions {
  readonly threads: number;
  /** A computation that takes longer is stopped with its thread. Default 10,000. */
  readonly timeoutMs?: number;
  /** Module that exports `analyze`. Default: the product's own. */
  readonly entry?: URL;
}

/** In development and tests this file is TypeScript and so is the worker; in the bundle both are JavaScript. */
const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** An analyst on a pool of worker threads that replaces a thread that dies. */
export function createWorkerAnalyst({ threads, timeoutMs = 10_000, entry }: WorkerAnalystOptions): Analyst {
  const filename = (entry ?? new URL(`./analysis-worker${EXTENSION}`, import.meta.url)).href;
  const pool = new Piscina({
    filename,
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
    execArgv: filename.endsWith('.ts') ? typescriptLoader() : [],
  });
  // A thread that dies outside of a task, such as while it is being replaced, must not take the process with it.
  pool.on('error', () => undefined);
  return {
    analyze: async (input, signal) => {
      const limit = startLimit(timeoutMs);
      try {
        const answer = await runTask(pool, input, AbortSignal.any([signal, limit.signal]));
        if (!answer.ok) throw new ScannerError(answer.code, answer.detail);
        return answer.result;
      } finally {
        limit.stop();
      }
    },
    close: () => pool.close({ force: true }),
  };
}

/** `AbortSignal.timeout` would not do: within `AbortSignal.any` it is garbage before it fires (nodejs/node#57736). */
function startLimit(timeoutMs: number): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    const detail = `the analysis was not finished within ${timeoutMs / 1000} s`;
    controller.abort(new ScannerError('worker_crashed', detail));
  }, timeoutMs);
  return { signal: controller.signal, stop: () => clearTimeout(timer) };
}

/** Flags for a thread that runs TypeScript. `--import tsx` alone does nothing in the threads of Node 20. */
function typescriptLoader(): string[] {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx'));
  const api = JSON.stringify(new URL('./esm/api/index.mjs', tsx).href);
  return ['--import', `data:text/javascript,import { register } from ${api}; register();`];
}

async function runTask(pool: Piscina, input: DeepAnalysisInput, signal: AbortSignal): Promise<WorkerAnswer> {
  try {
    return await pool.run(input, { name: 'analyze', signal });
  } catch (error) {
    if (signal.aborted && signal.reason instanceof ScannerError) throw signal.reason;
    const why = error instanceof Error ? error.message : String(error);
    throw new ScannerError('worker_crashed', `the analysis thread failed: ${why}`, { cause: error });
  }
}
