import type { RunPhase, ScanPhase } from '@fast-scanner/client';
import { useEffect, useRef } from 'react';
import { notify } from '../settings/notify.ts';

interface EndNotice {
  /** What ends: "Run". */
  readonly what: string;
  /** `null` while there is none. */
  readonly id: string | null;
  readonly phase: RunPhase | ScanPhase;
  /** What it has found, when it is complete. */
  readonly found: string;
}

const UNDER_WAY: readonly string[] = ['queued', 'running', 'quick', 'analyzing'];
const ENDS: readonly string[] = ['complete', 'failed', 'cancelled'];

/** Tells of a job's end while the user looks elsewhere, if that is wished. Jobs that had ended when the page was opened are no news. */
export function useEndNotice({ what, id, phase, found }: EndNotice): void {
  const awaited = useRef<string | null>(null);
  useEffect(() => {
    if (id === null) return;
    if (UNDER_WAY.includes(phase)) awaited.current = id;
    if (!ENDS.includes(phase) || awaited.current !== id) return;
    awaited.current = null;
    notify(`${what} ${phase}`, { body: phase === 'complete' ? found : '', tag: id });
  }, [what, id, phase, found]);
}
