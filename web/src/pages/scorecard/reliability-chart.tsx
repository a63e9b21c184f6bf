import { Skeleton, Table, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { WideTable } from '../../components/wide-table.tsx';
import { capitalize } from '../../format/capitalize.ts';
import { formatNumber, formatShare } from '../../format/format-number.ts';
import type { ReliabilityPoint } from './reliability-point.ts';

const ReliabilityCanvas = lazy(async () => ({
  default: (await import('./reliability-canvas.tsx')).ReliabilityCanvas,
}));

interface ReliabilityChartProps {
  readonly points: readonly ReliabilityPoint[];
  /** What one counts: predictions, samples. */
  readonly unit: string;
}

/** How often what was predicted came true: as a diagram, and as the numbers behind it. */
export function ReliabilityChart({ points, unit }: ReliabilityChartProps) {
  return (
    <>
      <div role="img" aria-label={describe(points)}>
        <Suspense fallback={<Skeleton height={300} />}>
          <ReliabilityCanvas points={points} />
        </Suspense>
      </div>
      <Text size="xs" c="dimmed">
        A prediction that can be believed lies on the dashed line. Larger points have more {unit}; bars are 95
        % intervals where they are told.
      </Text>
      <PointTable points={points} unit={unit} />
    </>
  );
}

function PointTable({ points, unit }: ReliabilityChartProps) {
  const hasIntervals = points.some(({ interval }) => interval !== null);
  return (
    <WideTable label="Predicted and observed" minWidth={hasIntervals ? 440 : 340} fz="sm" verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Predicted</Table.Th>
          <Table.Th ta="right">{capitalize(unit)}</Table.Th>
          <Table.Th ta="right">On average</Table.Th>
          <Table.Th ta="right">Rose</Table.Th>
          {hasIntervals && <Table.Th ta="right">95 %</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {points.map(({ range, n, probability, share, interval }) => (
          <Table.Tr key={range}>
            <Table.Th scope="row">{range}</Table.Th>
            <Table.Td ta="right">{formatNumber(n)}</Table.Td>
            <Table.Td ta="right">{formatShare(probability, 1)}</Table.Td>
            <Table.Td ta="right">{formatShare(share, 1)}</Table.Td>
            {hasIntervals && (
              <Table.Td ta="right">
                {interval ? `${formatShare(interval.low, 1)} to ${formatShare(interval.high, 1)}` : '–'}
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function describe(points: readonly ReliabilityPoint[]): string {
  const parts = points.map(({ range, share }) => `of ${range} ${formatShare(share)} rose`);
  return `Reliability: ${parts.join('; ')}`;
}
