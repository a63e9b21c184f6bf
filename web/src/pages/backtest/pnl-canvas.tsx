import { useEffect, useMemo } from 'react';
import { ChartFrame } from '../../charts/chart-frame.tsx';
import { useChart } from '../../charts/use-chart.ts';
import { useLineSeries } from '../../charts/use-line-series.ts';
import { formatCompact, formatNumber } from '../../format/format-number.ts';
import { useSettings } from '../../settings/use-settings.ts';
import type { PnlPoint } from './use-test-log.ts';

interface PnlCanvasProps {
  readonly points: readonly PnlPoint[];
  readonly label: string;
}

const HEIGHT = 220;

/** The chart counts in seconds; here, a second is a stock. */
const STOCK_MS = 1000;

/** Loaded when the first curve is shown. */
export function PnlCanvas({ points, label }: PnlCanvasProps) {
  const { element, chart } = useChart();
  const { timeZone } = useSettings();
  const lines = useMemo(
    () => [
      {
        id: 'pnl',
        label: '',
        points: points.map(({ done, pnl }) => ({ time: done * STOCK_MS, value: pnl })),
      },
    ],
    [points],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another time zone makes the chart write times again
  useEffect(() => chart?.applyOptions(COUNTED), [chart, timeZone]);
  useLineSeries(chart, lines, formatCompact);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the curve is shown whole as it grows
  useEffect(() => chart?.timeScale().fitContent(), [chart, lines]);
  return <ChartFrame element={element} label={label} height={HEIGHT} />;
}

const writeCount = (count: unknown) => formatNumber(Number(count));

const COUNTED = {
  localization: { timeFormatter: (count: unknown) => `${writeCount(count)} stocks` },
  timeScale: { tickMarkFormatter: writeCount },
};
