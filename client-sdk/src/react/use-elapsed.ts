import { useEffect, useState } from 'react';
import { type JobProgress, onPageVisibility } from '../index.ts';

/**
 * How long a job has been at work, ms, counted on every second between its news.
 * @example
 * const { phase, progress } = useQuickScan();
 * const elapsedMs = useElapsed(progress, phase === 'analyzing');
 * <p>{Math.round(elapsedMs / 1000)} s</p>
 * @param isRunning false stops the clock, as the page does while it is hidden
 */
export function useElapsed({ elapsedMs, asOf }: JobProgress, isRunning: boolean): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (!isRunning) return;
    let timer: ReturnType<typeof setInterval> | undefined;
    const stopLooking = onPageVisibility((isVisible) => {
      clearInterval(timer);
      if (!isVisible) return;
      setNow(Date.now());
      timer = setInterval(() => setNow(Date.now()), 1_000);
    });
    return () => {
      clearInterval(timer);
      stopLooking();
    };
  }, [isRunning]);
  return isRunning && asOf !== null ? elapsedMs + Math.max(0, now - asOf) : elapsedMs;
}
