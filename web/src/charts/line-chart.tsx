import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { LineChartProps } from './chart-types.ts';

const LineCanvas = lazy(async () => ({ default: (await import('./line-canvas.tsx')).LineCanvas }));

/** Curves over time, such as equity. Its code is loaded when the first one is shown. Keep `lines` the same object while nothing changes. */
export function LineChart(props: LineChartProps) {
  return (
    <Suspense fallback={<Skeleton height={props.height ?? 280} />}>
      <LineCanvas {...props} />
    </Suspense>
  );
}
