const LOOK_EVERY_MS = 300;

/**
 * Ends this process, gracefully, when the npm that runs it has been told to end: npm passes SIGTERM on to a shell that dies of it without
 * telling us. What shows is that we have another parent then.
 */
export function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY_MS).unref();
}
