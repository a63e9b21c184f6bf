/**
 * npm passes Ctrl-C on to the process, which the terminal has already told: two signals so close together are one wish.
 */
const SAME_WISH_MS = 500;
const STOP_SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Calls `stop` at the first SIGINT or SIGTERM. The next one ends the process at once. */
export function handleStopSignals(stop: () => void): void {
  let firstAt: number | null = null;
  const onSignal = (signal: NodeJS.Signals) => {
    if (firstAt === null) {
      firstAt = performance.now();
      stop();
    } else if (performance.now() - firstAt > SAME_WISH_MS) {
      for (const name of STOP_SIGNALS) process.off(name, onSignal);
      process.kill(process.pid, signal); // nobody handles it any more, so it ends the process
    }
  };
  for (const name of STOP_SIGNALS) process.on(name, onSignal);
}
