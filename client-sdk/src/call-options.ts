export interface CallOptions {
  /** Stops the waiting. Work on the server goes on; `cancel()` ends it. */
  readonly signal?: AbortSignal | undefined;
}
