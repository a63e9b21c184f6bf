import { useMemo } from 'react';
import {
  CartesianGrid,
  ErrorBar,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  XAxis,
  YAxis,
  ZAxis,
} from 'recharts';
import { useChartColors } from '../../charts/chart-colors.ts';
import { formatShare } from '../../format/format-number.ts';
import type { ReliabilityPoint } from './reliability-point.ts';

const TICKS = [0, 0.25, 0.5, 0.75, 1];
const DIAGONAL = [
  { x: 0, y: 0 },
  { x: 1, y: 1 },
] as const;
/** Areas of the points, px²: those with more predictions are larger. */
const AREAS: [number, number] = [60, 320];

/** Loaded by {@link ReliabilityChart} when the first one is shown. */
export function ReliabilityCanvas({ points }: { readonly points: readonly ReliabilityPoint[] }) {
  const colors = useChartColors();
  const data = useMemo(() => points.map(toDatum), [points]);
  const axis = { type: 'number', domain: [0, 1], ticks: TICKS, tickFormatter: toTick } as const;
  const look = { stroke: colors.text, tick: { fill: colors.text, fontSize: 12 } };
  return (
    <ResponsiveContainer width="100%" height={300}>
      <ScatterChart accessibilityLayer={false} margin={{ top: 8, right: 16, bottom: 24, left: 8 }}>
        <CartesianGrid stroke={colors.grid} />
        <XAxis
          {...axis}
          {...look}
          dataKey="probability"
          label={{ value: 'Predicted', position: 'bottom', offset: 4, fill: colors.text, fontSize: 12 }}
        />
        <YAxis
          {...axis}
          {...look}
          dataKey="share"
          width={64}
          label={{ value: 'Rose', angle: -90, position: 'insideLeft', fill: colors.text, fontSize: 12 }}
        />
        <ZAxis dataKey="n" range={AREAS} />
        <ReferenceLine segment={DIAGONAL} stroke={colors.flat} strokeDasharray="6 4" />
        <Scatter data={data} fill={colors.accent} isAnimationActive={false}>
          <ErrorBar
            dataKey="reach"
            direction="y"
            stroke={colors.text}
            strokeWidth={1.5}
            width={6}
            isAnimationActive={false}
          />
        </Scatter>
      </ScatterChart>
    </ResponsiveContainer>
  );
}

function toDatum({ probability, share, n, interval }: ReliabilityPoint) {
  const { low, high } = interval ?? { low: share, high: share };
  return { probability, share, n, reach: [share - low, high - share] };
}

function toTick(value: number): string {
  return formatShare(value);
}
