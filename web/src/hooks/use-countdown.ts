import { useState } from 'react';
import { useNow } from './use-now.ts';

/** Whole seconds left of a wait that begins with each new `subject`; 0 when it is over or there is none. */
export function useCountdown(waitMs: number | null, subject: unknown): number {
  const [begun, setBegun] = useState({ subject, at: Date.now() });
  if (begun.subject !== subject) setBegun({ subject, at: Date.now() });
  const endsAt = begun.at + (waitMs ?? 0);
  const now = useNow(250, waitMs !== null && endsAt > Date.now());
  return Math.max(0, Math.ceil((endsAt - Math.max(now, begun.at)) / 1000));
}
