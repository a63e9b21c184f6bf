/** What a watcher of a topic may want to know beside the events. */
export interface WatchOptions {
  /** Called once when the server has agreed: from then on nothing is missed, so that what is asked for now leaves no gap. */
  readonly onReady?: (() => void) | undefined;
  /** Called when events were lost after all, because the server does not keep them any more: ask for the list again. */
  readonly onGap?: (() => void) | undefined;
  /** Called once when nothing more will be heard: the server refuses, or the client is closed. */
  readonly onEnd?: ((error: Error) => void) | undefined;
}
