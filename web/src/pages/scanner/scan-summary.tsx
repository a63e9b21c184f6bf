import type { ScanSummary as Summary } from '@fast-scanner/client';
import { Group, Text } from '@mantine/core';
import { JobStatusBadge } from '../../components/job-status-badge.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { formatDuration } from '../../format/format-duration.ts';
import { formatCount } from '../../format/format-number.ts';

/** What the shown scan was. */
export function ScanSummary({ scan }: { readonly scan: Summary }) {
  const { status, trigger, timeframe, symbolCount, scanTimeMs, createdAt } = scan;
  return (
    <Group gap="xs" mb="sm">
      <JobStatusBadge status={status} />
      <Text size="sm" c="dimmed">
        {trigger === 'scheduled' ? 'Scheduled scan' : 'Scan'} of {formatCount(symbolCount, 'symbol')} on{' '}
        {timeframe} candles, <TimeText value={createdAt} />
        {scanTimeMs !== null && `, all signals after ${formatDuration(scanTimeMs)}`}
      </Text>
    </Group>
  );
}
