import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { ScannerError } from '@fast-scanner/shared';
import { Piscina } from 'piscina';
import { closedError } from './closed-error.ts';
import type { WorkerAnswer } from './worker-answer.ts';

export interface WorkerPoolOptions {
  /** Module of the threads. In development and tests it is TypeScript, in the bundle JavaScript. */
  readonly entry: URL;
  readonly threads: number;
  /** Tasks that a thread has at once, one of which it computes: with 2 it need not wait for this thread in between. Default 1. */
  readonly tasksPerThread?: number;
  /** A computation that takes longer is stopped with its thread. */
  readonly timeoutMs: number;
  /** What the threads do, for errors: `the analysis`. */
  readonly noun: string;
  /** Room for new objects in each thread. Columns are only freed when it is full. Default: Node's, 48. */
  readonly newObjectsMb?: number;
  /** Handed to every thread. */
  readonly workerData?: unknown;
  /** Whether the threads may have to run TypeScript though the entry is none. */
  readonly needsTypeScript?: boolean;
}

/** Worker threads, of which one that dies is replaced. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #pool: Piscina;
  /** Stop the computations under way. */
  readonly #limits = new Set<AbortController>();
  #isClosed = false;

  constructor(options: WorkerPoolOptions) {
    const { entry, threads, tasksPerThread = 1, newObjectsMb, workerData, needsTypeScript } = options;
    this.#options = options;
    const filename = entry.href;
    this.#pool = new Piscina({
      filename,
      minThreads: 1,
      maxThreads: threads,
      concurrentTasksPerWorker: tasksPerThread,
      idleTimeout: 30_000,
      resourceLimits: {
        maxOldGenerationSizeMb: 256,
        ...(newObjectsMb === undefined ? {} : { maxYoungGenerationSizeMb: newObjectsMb }),
      },
      execArgv: needsTypeScript || filename.endsWith('.ts') ? typescriptLoader() : [],
      ...(workerData === undefined ? {} : { workerData }),
    });
    // A thread that dies outside of a task, such as while it is being replaced, must not take the process with it.
    this.#pool.on('error', () => undefined);
  }

  /**
   * Runs the function of that name in a thread.
   * @throws ScannerError the answer's code; `worker_crashed` when the thread threw, exited, ran out of memory or took too long
   * @throws ScannerError `unavailable` when the pool is closed
   * @throws the signal's reason
   */
  async run<Result>(name: string, input: unknown, signal: AbortSignal): Promise<Result> {
    if (this.#isClosed) throw closedError();
    const limit = this.#startLimit();
    try {
      const answer = await this.#ask<Result>(name, input, AbortSignal.any([signal, limit.signal]));
      if (!answer.ok) throw new ScannerError(answer.code, answer.detail);
      return answer.result;
    } finally {
      limit.stop();
    }
  }

  /** Stops what is under way. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const limit of this.#limits) limit.abort(closedError());
    await this.#pool.destroy(); // its own `close` waits half a minute for a thread that was stopped meanwhile
  }

  async #ask<Result>(name: string, input: unknown, signal: AbortSignal): Promise<WorkerAnswer<Result>> {
    try {
      return await this.#pool.run(input, { name, signal });
    } catch (error) {
      signal.throwIfAborted(); // the thread was stopped for that reason
      const why = error instanceof Error ? error.message : String(error);
      const detail = `${this.#options.noun} thread failed: ${why}`;
      throw new ScannerError('worker_crashed', detail, { cause: error });
    }
  }

  /** `AbortSignal.timeout` would not do: within `AbortSignal.any` it is garbage before it fires (nodejs/node#57736). */
  #startLimit(): { readonly signal: AbortSignal; readonly stop: () => void } {
    const { timeoutMs, noun } = this.#options;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      const detail = `${noun} was not finished within ${timeoutMs / 1000} s`;
      controller.abort(new ScannerError('worker_crashed', detail));
    }, timeoutMs);
    this.#limits.add(controller);
    const stop = () => {
      clearTimeout(timer);
      this.#limits.delete(controller);
    };
    return { signal: controller.signal, stop };
  }
}

/** Address of a worker's module beside the importing one: TypeScript in development and tests, JavaScript in the bundle. */
export function workerEntry(name: string, importerUrl: string): URL {
  const extension = importerUrl.endsWith('.ts') ? '.ts' : '.js';
  return new URL(`./${name}${extension}`, importerUrl);
}

/** Flags for a thread that runs TypeScript. `--import tsx` alone does nothing in the threads of Node 20. */
function typescriptLoader(): string[] {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx'));
  const api = JSON.stringify(new URL('./esm/api/index.mjs', tsx).href);
  return ['--import', `data:text/javascript,import { register } from ${api}; register();`];
}
