/** A value that changes, in the form React's `useSyncExternalStore`, Svelte and Vue can watch. */
export interface ReadableStore<State> {
  /** The value now: never mutated, and the same object until something has changed. */
  readonly getSnapshot: () => State;
  /** Calls `listener` after each change until the returned function is called. What feeds the store runs only while somebody listens. */
  readonly subscribe: (listener: () => void) => () => void;
}
