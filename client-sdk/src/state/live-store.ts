import { backoffMs, wait } from '../backoff.ts';
import { type ClientError, isPassingError, toClientError } from '../client-error.ts';
import type { WatchOptions } from '../watch-options.ts';
import type { ReadableStore } from './readable-store.ts';
import { StateCell } from './state-cell.ts';

/** What every list that keeps itself up to date says. */
export interface LiveState {
  /** Nothing has been read yet, and it is still being tried. */
  readonly isLoading: boolean;
  /** Why the list may be out of date, or what went wrong last; `null` when nothing is wrong. */
  readonly error: ClientError | null;
}

type Fold<State> = (state: State) => State;

/** A list read over HTTP and kept up to date by a topic. */
export interface LiveKind<State extends LiveState, News> {
  readonly initial: State;
  watch(onNews: (news: News) => void, options: WatchOptions): () => void;
  read(options: { readonly signal: AbortSignal }): Promise<Fold<State>>;
  /** Harmless when told twice. `null`: what the news means must be asked for. */
  onNews(state: State, news: News): State | null;
}

/** How long the first answer waits for the watch, so that it need not be asked for twice. */
const PATIENCE_MS = 250;

/** A list that is up to date while somebody looks. */
export class LiveStore<State extends LiveState, News> implements ReadableStore<State> {
  readonly #kind: LiveKind<State, News>;
  readonly #cell: StateCell<State>;
  /** Ends reading and watching; `null` while nobody looks. */
  #watching: AbortController | null = null;
  #reading: Promise<void> | null = null;
  #isStale = false;
  /** What was heard since the answer that is under way was asked for. */
  #news: News[] = [];

  constructor(kind: LiveKind<State, News>) {
    this.#kind = kind;
    this.#cell = new StateCell(kind.initial, {
      onWatched: () => this.#begin(),
      onForgotten: () => this.#end(),
    });
  }

  readonly getSnapshot = (): State => this.#cell.getSnapshot();
  readonly subscribe = (listener: () => void): (() => void) => this.#cell.subscribe(listener);

  /** Reads it anew; what goes wrong is in the state's `error`. */
  readonly refresh = async (): Promise<void> => {
    if (this.#watching) await this.#read(this.#watching.signal);
  };

  /** What somebody here has changed is shown at once. */
  readonly change = (fold: Fold<State>): void => this.#cell.setNow(fold(this.#cell.state));

  #begin(): void {
    const watching = new AbortController();
    const { signal } = watching;
    this.#watching = watching;
    const read = () => void this.#read(signal);
    const patience = setTimeout(read, PATIENCE_MS);
    const stop = this.#kind.watch((news) => this.#hear(news, signal), {
      onReady: () => {
        clearTimeout(patience);
        read();
      },
      onGap: read,
      onEnd: (error) => {
        clearTimeout(patience);
        this.#fail(toClientError(error));
      },
    });
    signal.addEventListener('abort', () => {
      clearTimeout(patience);
      stop();
    });
  }

  #end(): void {
    this.#watching?.abort(new Error('nobody looks'));
    this.#watching = null;
    this.#reading = null;
    this.#news = [];
  }

  #hear(news: News, signal: AbortSignal): void {
    if (this.#reading) this.#news.push(news);
    const state = this.#kind.onNews(this.#cell.state, news);
    if (state === null) void this.#read(signal);
    else this.#cell.set(state);
  }

  /** One answer at a time; what becomes stale meanwhile is asked for once more. */
  #read(signal: AbortSignal): Promise<void> {
    this.#isStale = this.#reading !== null;
    this.#reading ??= this.#ask(signal)
      .catch((error) => {
        if (!signal.aborted)
          this.change((state) => ({ ...state, isLoading: false, error: toClientError(error) }));
      })
      .then(() => {
        if (signal.aborted) return;
        this.#reading = null;
        if (this.#isStale) return this.#read(signal);
      });
    return this.#reading;
  }

  /** Asks until there is an answer, however long the server cannot be reached. */
  async #ask(signal: AbortSignal): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      this.#news = [];
      try {
        const fold = await this.#kind.read({ signal });
        if (!signal.aborted) this.#take(fold);
        return;
      } catch (error) {
        const failure = toClientError(error);
        if (signal.aborted || !isPassingError(failure)) throw failure;
        this.#fail(failure);
        await wait(backoffMs(attempt), signal);
      }
    }
  }

  #take(fold: Fold<State>): void {
    let state: State = { ...fold(this.#cell.state), isLoading: false, error: null };
    for (const news of this.#news) {
      const next = this.#kind.onNews(state, news);
      if (next === null) this.#isStale = true;
      else state = next;
    }
    this.#cell.setNow(state);
  }

  #fail(error: ClientError): void {
    this.change((state) => ({ ...state, error }));
  }
}
