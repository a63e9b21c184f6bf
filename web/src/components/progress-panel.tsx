import type { JobProgress } from '@fast-scanner/client';
import { useElapsed } from '@fast-scanner/client/react';
import { Group, Paper, Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatDuration } from '../format/format-duration.ts';
import { formatNumber } from '../format/format-number.ts';
import { CancelButton } from './cancel-button.tsx';

/** What the hooks of jobs answer. */
interface Job {
  readonly progress: JobProgress;
  readonly isCancelling: boolean;
  readonly cancel: () => Promise<unknown>;
}

interface ProgressPanelProps {
  /** What is under way: "Deep analysis". */
  readonly label: string;
  readonly job: Job;
  /** Nothing is counted yet: the bar only moves. Default: as long as nobody knows how much there is. */
  readonly isStarting?: boolean;
  /** On the right of the line: a running profit, counts. */
  readonly children?: ReactNode;
}

/** "7 of 20 · SOL/USDT · 12 s", a bar, what is left and a way to stop it: of a job that is under way. */
export function ProgressPanel({ label, job, children, ...props }: ProgressPanelProps) {
  const { progress, isCancelling, cancel } = job;
  const { processed, total, current, etaSeconds } = progress;
  const { isStarting = total === 0 } = props;
  const parts = [
    isStarting ? 'Starting' : `${formatNumber(processed)} of ${formatNumber(total)}`,
    current,
    formatDuration(useElapsed(progress, true)),
    etaSeconds === null ? null : `${formatDuration(etaSeconds * 1000)} left`,
  ];
  return (
    <Paper withBorder p="sm" mb="md">
      <Group justify="space-between" wrap="nowrap" gap="sm" mb={8}>
        <Text size="sm" miw={0}>
          <b>{label}</b> {parts.filter((part) => part !== null).join(' · ')}
        </Text>
        <Group gap="sm" wrap="nowrap">
          {children}
          <CancelButton onCancel={() => void cancel()} isCancelling={isCancelling} />
        </Group>
      </Group>
      <Progress
        value={isStarting ? 100 : (processed / total) * 100}
        animated={isStarting}
        aria-label={label}
      />
    </Paper>
  );
}
