import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { CandleChartProps } from './chart-types.ts';

const CandleCanvas = lazy(async () => ({ default: (await import('./candle-canvas.tsx')).CandleCanvas }));

/**
 * Candles with volume, lines over them, levels and marks. Its code is loaded when the first one is shown.
 * Lists that do not change should stay the same objects: then nothing is drawn again.
 */
export function CandleChart(props: CandleChartProps) {
  return (
    <Suspense fallback={<Skeleton height={props.height ?? 360} />}>
      <CandleCanvas {...props} />
    </Suspense>
  );
}
