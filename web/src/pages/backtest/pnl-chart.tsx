import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { formatNumber, formatSigned } from '../../format/format-number.ts';
import type { PnlPoint } from './use-test-log.ts';

const PnlCanvas = lazy(async () => ({ default: (await import('./pnl-canvas.tsx')).PnlCanvas }));

/** The running profit and loss over the stocks tested. */
export function PnlChart({ points }: { readonly points: readonly PnlPoint[] }) {
  const last = points.at(-1);
  const label = `Running profit and loss: ${formatSigned(last?.pnl, 0)} after ${formatNumber(last?.done)} stocks`;
  return (
    <Suspense fallback={<Skeleton height={220} />}>
      <PnlCanvas points={points} label={label} />
    </Suspense>
  );
}
