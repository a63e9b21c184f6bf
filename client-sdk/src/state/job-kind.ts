import type { CallOptions } from '../call-options.ts';
import type { ClientError } from '../client-error.ts';
import type { JobState } from './job-state.ts';

export interface NumberedEvent {
  readonly type: string;
  readonly seq: number;
}

/** What a store needs of a job on the server. */
export interface JobHandle<Event extends NumberedEvent> {
  events(options?: CallOptions): AsyncIterable<Event>;
  cancel(options?: CallOptions): Promise<unknown>;
}

/** How the state of one kind of job comes about: where it is read, and pure functions that fold what is heard into it. */
export interface JobKind<
  State extends JobState,
  Args extends unknown[],
  Event extends NumberedEvent,
  Handle extends JobHandle<Event>,
> {
  /** There is no job. */
  readonly idle: State;
  start(...args: Args): Promise<Handle>;
  handle(id: string): Handle;
  idOf(handle: Handle): string;
  /** The server has accepted the job, or is believed to have one of that id. */
  onHandle(state: State, handle: Handle): State;
  /** Asks for the job as it stands, once before its events are heard, and answers how that changes the state. */
  read(handle: Handle, options: CallOptions): Promise<(state: State) => State>;
  /** Events come in order, each once; the first may be older than what was read. */
  onEvent(state: State, event: Event): State;
  /** The server does not keep what the job found any more; the error's summary says what is left. */
  onGone(state: State, error: ClientError): State;
}
