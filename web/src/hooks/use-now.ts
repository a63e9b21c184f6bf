import { useEffect, useState } from 'react';

/** The time, epoch ms, renewed at the interval; it stands still while `isRunning` is false. */
export function useNow(intervalMs = 1000, isRunning = true): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isRunning) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs, isRunning]);
  return now;
}
