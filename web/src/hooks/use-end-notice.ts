import type { RunPhase } from '@fast-scanner/client';
import { useEffect, useRef } from 'react';
import { notify } from '../settings/notify.ts';

interface EndNotice {
  /** What ends: "Run". */
  readonly what: string;
  /** One notification for each. */
  readonly tag: string;
  /** What it has found, when it is complete. */
  readonly found: string;
}

const WORDS: Partial<Record<RunPhase, string>> = {
  complete: 'complete',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** Tells of a job's end while the user looks elsewhere, if that is wished. Jobs that had ended when the page was opened are no news. */
export function useEndNotice(phase: RunPhase | null, { what, tag, found }: EndNotice): void {
  const before = useRef<RunPhase | null>(null);
  useEffect(() => {
    const wasUnderway = before.current === 'running' || before.current === 'queued';
    before.current = phase;
    const word = phase && WORDS[phase];
    if (wasUnderway && word) notify(`${what} ${word}`, { body: phase === 'complete' ? found : '', tag });
  }, [phase, what, tag, found]);
}
