import { backoffMs, wait } from '../backoff.ts';
import { type ClientError, isPassingError, toClientError } from '../client-error.ts';
import type { JobHandle, JobKind, NumberedEvent } from './job-kind.ts';
import { hasEnded, type JobState } from './job-state.ts';
import type { ReadableStore } from './readable-store.ts';
import { StateCell } from './state-cell.ts';

/** What can be done with a job: the same whatever kind it is of. Nothing here rejects: what goes wrong is in the state's `error`. */
export interface JobActions<Args extends unknown[]> {
  /** Starts one; the one before is left alone. Resolves with its id, or with `null` when it did not come to be: `error` says why. */
  readonly start: (...args: Args) => Promise<string | null>;
  /** Shows a job that exists already; `null` shows none. Harmless when it is shown. */
  readonly attach: (id: string | null) => void;
  /** Ends it on the server. */
  readonly cancel: () => Promise<void>;
  /** Tries again what failed: to start, or to follow. */
  readonly retry: () => void;
  /** Reads it anew: what has ended may still be completed, such as a scan by predictions. */
  readonly refresh: () => Promise<void>;
}

/** A start that has not been answered yet. */
interface Attempt {
  isCancelled: boolean;
}

/** The state of one job, started here or elsewhere, followed while somebody looks and until it ends. */
export class JobStore<
  State extends JobState,
  Args extends unknown[],
  Event extends NumberedEvent,
  Handle extends JobHandle<Event>,
> implements ReadableStore<State>, JobActions<Args>
{
  readonly #kind: JobKind<State, Args, Event, Handle>;
  readonly #cell: StateCell<State>;
  #handle: Handle | null = null;
  #attempt: Attempt | null = null;
  #args: Args | null = null;
  #lastSeq = 0;
  /** Ends the following; `null` while the store rests. */
  #following: AbortController | null = null;

  constructor(kind: JobKind<State, Args, Event, Handle>) {
    this.#kind = kind;
    this.#cell = new StateCell(kind.idle, {
      onWatched: () => this.#follow(),
      onForgotten: () => this.#rest(),
    });
  }

  readonly getSnapshot = (): State => this.#cell.getSnapshot();
  readonly subscribe = (listener: () => void): (() => void) => this.#cell.subscribe(listener);

  readonly start = async (...args: Args): Promise<string | null> => {
    this.#leave('starting');
    const attempt: Attempt = { isCancelled: false };
    this.#attempt = attempt;
    this.#args = args;
    try {
      const handle = await this.#kind.start(...args);
      if (attempt.isCancelled) await handle.cancel();
      if (attempt !== this.#attempt) return null;
      this.#take(handle);
      return this.#kind.idOf(handle);
    } catch (error) {
      if (attempt === this.#attempt) this.#tell({ phase: 'failed', error: toClientError(error) });
      return null;
    }
  };

  readonly attach = (id: string | null): void => {
    if (id === (this.#handle && this.#kind.idOf(this.#handle))) return;
    this.#leave(id === null ? 'idle' : 'starting');
    if (id !== null) this.#take(this.#kind.handle(id));
  };

  readonly cancel = async (): Promise<void> => {
    const { state } = this.#cell;
    const handle = this.#handle;
    if (state.phase === 'idle' || hasEnded(state)) return;
    if (handle === null) {
      if (this.#attempt) this.#attempt.isCancelled = true;
      this.#attempt = null;
      this.#tell({ phase: 'cancelled' });
      return;
    }
    this.#tell({ isCancelling: true, error: null });
    try {
      await handle.cancel();
    } catch (error) {
      if (handle === this.#handle) this.#tell({ isCancelling: false, error: toClientError(error) });
    }
  };

  readonly retry = (): void => {
    if (this.#cell.state.error === null) return;
    if (this.#handle === null && this.#args !== null) void this.start(...this.#args);
    else if (this.#following === null && this.#cell.isWatched) {
      this.#tell({ error: null });
      this.#follow();
    }
  };

  readonly refresh = async (): Promise<void> => {
    const handle = this.#handle;
    if (handle === null) return;
    try {
      const fold = await this.#kind.read(handle, {});
      if (handle === this.#handle) this.#cell.setNow(fold(this.#cell.state));
    } catch (error) {
      if (handle === this.#handle) this.#onFailure(toClientError(error));
    }
  };

  /** What was shown so far is left to itself. */
  #leave(phase: 'idle' | 'starting'): void {
    this.#rest();
    this.#attempt = null;
    this.#handle = null;
    this.#lastSeq = 0;
    this.#cell.setNow({ ...this.#kind.idle, phase });
  }

  #take(handle: Handle): void {
    this.#handle = handle;
    this.#cell.setNow(this.#kind.onHandle(this.#cell.state, handle));
    if (this.#cell.isWatched) this.#follow();
  }

  #rest(): void {
    this.#following?.abort(new Error('nobody looks'));
    this.#following = null;
  }

  #follow(): void {
    if (this.#following || this.#handle === null || hasEnded(this.#cell.state)) return;
    const following = new AbortController();
    this.#following = following;
    void this.#hear(this.#handle, following.signal).finally(() => {
      if (following === this.#following) this.#following = null;
    });
  }

  async #hear(handle: Handle, signal: AbortSignal): Promise<void> {
    try {
      await this.#read(handle, signal);
      if (hasEnded(this.#cell.state)) return;
      await this.#listen(handle, signal);
    } catch (error) {
      if (!signal.aborted) this.#onFailure(toClientError(error));
    }
  }

  async #listen(handle: Handle, signal: AbortSignal): Promise<void> {
    try {
      for await (const event of handle.events({ signal })) {
        signal.throwIfAborted();
        if (event.seq > this.#lastSeq) this.#fold(event);
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!isGone(error)) throw error;
      await this.#read(handle, signal); // it has ended and its events have been swept
    }
  }

  /** Asks until there is an answer, however long the server cannot be reached. */
  async #read(handle: Handle, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const fold = await this.#kind.read(handle, { signal });
        signal.throwIfAborted();
        this.#cell.setNow(fold(this.#cell.state));
        return;
      } catch (error) {
        signal.throwIfAborted();
        const failure = toClientError(error);
        if (!isPassingError(failure)) throw failure;
        this.#tell({ error: failure });
        await wait(backoffMs(attempt), signal);
      }
    }
  }

  #fold(event: Event): void {
    this.#lastSeq = event.seq;
    const state = this.#kind.onEvent(this.#cell.state, event);
    if (state.phase === this.#cell.state.phase) this.#cell.set(state);
    else this.#cell.setNow(hasEnded(state) ? { ...state, isCancelling: false } : state);
  }

  #onFailure(error: ClientError): void {
    if (isGone(error)) this.#cell.setNow(this.#kind.onGone(this.#cell.state, error));
    else this.#tell(error.code === 'not_found' ? { error, phase: 'failed' } : { error });
  }

  #tell(change: Partial<JobState>): void {
    this.#cell.setNow({ ...this.#cell.state, ...change });
  }
}

function isGone(error: unknown): boolean {
  return toClientError(error).code === 'gone';
}
