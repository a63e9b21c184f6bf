import type { CurveStatistics } from '@fast-scanner/client';
import { Text, VisuallyHidden } from '@mantine/core';
import type { ComparedStatistic } from './compared-statistics.ts';

interface StatisticValueProps {
  readonly statistic: ComparedStatistic;
  readonly of: CurveStatistics;
}

/** A figure; where there is none, a dash that says why. */
export function StatisticValue({ statistic: { id, format }, of: statistics }: StatisticValueProps) {
  const value = statistics[id];
  if (value !== null) return <>{format(value)}</>;
  const reason = statistics.reasons[id] ?? 'not defined';
  return (
    <Text span c="dimmed" inherit title={reason}>
      <span aria-hidden>–</span>
      <VisuallyHidden>none: {reason}</VisuallyHidden>
    </Text>
  );
}
