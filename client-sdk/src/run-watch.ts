import type { RunTopicEvents } from '@fast-scanner/shared';
import type { Connection } from './connection.ts';
import { EventStream, type StreamEvent } from './event-stream.ts';
import { callSafely } from './job.ts';

export type RunUpdate = RunTopicEvents['runUpdated'];

export interface RunWatcher {
  readonly onUpdate: (update: RunUpdate) => void;
  readonly onEnd: (error: Error) => void;
}

type RunUpdated = StreamEvent & RunUpdate;

/** What happens across runs, heard once for all watchers of a client. */
export class RunWatch {
  readonly #connection: Connection;
  readonly #watchers = new Set<RunWatcher>();
  #stream: EventStream<RunUpdated> | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  add(watcher: RunWatcher): () => void {
    this.#watchers.add(watcher);
    if (!this.#stream) this.#open();
    return () => {
      if (this.#watchers.delete(watcher) && this.#watchers.size === 0) this.#close();
    };
  }

  #open(): void {
    this.#stream = new EventStream<RunUpdated>({
      connection: this.#connection,
      key: { topic: 'runs' },
      onEvent: ({ type, ...update }) => {
        for (const watcher of [...this.#watchers])
          if (this.#watchers.has(watcher)) callSafely(watcher.onUpdate, update);
      },
      onEnd: (error) => this.#onEnd(error),
    });
    this.#stream.open();
  }

  #close(): void {
    this.#stream?.close();
    this.#stream = null;
  }

  #onEnd(error: Error | null): void {
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    this.#close();
    for (const { onEnd } of watchers) if (error) callSafely(onEnd, error);
  }
}
