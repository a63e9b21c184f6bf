import '@mantine/charts/styles.css';
import type { MarketScanResult } from '@fast-scanner/client';
import { BarChart } from '@mantine/charts';
import { useMemo } from 'react';
import { directionColor } from '../../format/direction.ts';
import { formatCount, formatNumber } from '../../format/format-number.ts';
import { type Bin, toBins } from './to-bins.ts';

const SERIES = [
  { name: 'down', label: 'Stocks that lost', color: directionColor('down') },
  { name: 'flat', label: 'Stocks', color: directionColor('flat') },
  { name: 'up', label: 'Stocks that won', color: directionColor('up') },
];

/** Loaded when the first one is shown. */
export function DistributionChart({ histogram }: { readonly histogram: MarketScanResult['distribution'] }) {
  const bins = useMemo(() => toBins(histogram), [histogram]);
  const data = useMemo(
    () => bins.map(({ range, count, direction }) => ({ range, [direction]: count })),
    [bins],
  );
  return (
    <div role="img" aria-label={describe(bins)}>
      <BarChart
        h={240}
        data={data}
        dataKey="range"
        series={SERIES}
        type="stacked"
        valueFormatter={(count) => formatNumber(count)}
        yAxisProps={{ allowDecimals: false, width: 40 }}
        barProps={{ isAnimationActive: false }}
        barChartProps={{ accessibilityLayer: false }}
      />
    </div>
  );
}

function describe(bins: readonly Bin[]): string {
  const filled = bins.filter(({ count }) => count > 0);
  return `Returns of the stocks: ${filled.map(({ range, count }) => `${formatCount(count, 'stock')} ${range}`).join('; ')}`;
}
