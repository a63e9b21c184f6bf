import type { QuickScan } from '@fast-scanner/client/react';
import { useEffect, useRef } from 'react';
import { formatCount } from '../../format/format-number.ts';
import { notify } from '../../settings/notify.ts';

/** Tells whoever asked for notifications that the scan they were waiting for has ended. */
export function useEndNotice({ scanId, phase, signals }: QuickScan, isUnderWay: boolean): void {
  const awaited = useRef<string | null>(null);
  const count = signals.length;
  useEffect(() => {
    if (isUnderWay) awaited.current = scanId;
    else if (scanId !== null && awaited.current === scanId) {
      awaited.current = null;
      const outcome = phase === 'complete' ? 'is complete' : phase === 'failed' ? 'failed' : 'was cancelled';
      notify(`The scan ${outcome}`, { body: formatCount(count, 'symbol'), tag: scanId });
    }
  }, [scanId, phase, isUnderWay, count]);
}
