import { Button, Group, Paper, Progress, Text } from '@mantine/core';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatDuration } from '../format/format-duration.ts';
import { formatNumber } from '../format/format-number.ts';

interface ProgressPanelProps {
  /** What is under way: "Deep analysis". */
  readonly label: string;
  readonly done: number;
  /** 0 until it is known: the bar then only moves. */
  readonly total: number;
  /** What ended last, or is being worked on. */
  readonly current?: string | null;
  /** How long it has taken so far, ms: `useElapsed` counts it. */
  readonly elapsedMs?: number | null;
  readonly etaSeconds?: number | null;
  readonly onCancel?: (() => void) | undefined;
  readonly isCancelling?: boolean;
  /** On the right of the line: a running profit, counts. */
  readonly children?: ReactNode;
}

/** "7 of 20 · SOL/USDT · 12 s", a bar, what is left and a way to stop it. */
export function ProgressPanel({
  label,
  done,
  total,
  elapsedMs = null,
  onCancel,
  ...rest
}: ProgressPanelProps) {
  const { current = null, etaSeconds = null, isCancelling = false, children } = rest;
  const parts = [
    total > 0 ? `${formatNumber(done)} of ${formatNumber(total)}` : 'Starting',
    current,
    elapsedMs === null ? null : formatDuration(elapsedMs),
    etaSeconds === null ? null : `${formatDuration(etaSeconds * 1000)} left`,
  ];
  const percent = total > 0 ? (done / total) * 100 : 100;
  return (
    <Paper withBorder p="sm" mb="md">
      <Group justify="space-between" wrap="nowrap" gap="sm" mb={8}>
        <Text size="sm" miw={0}>
          <b>{label}</b> {parts.filter((part) => part !== null).join(' · ')}
        </Text>
        <Group gap="sm" wrap="nowrap">
          {children}
          {onCancel && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<X size={14} aria-hidden />}
              onClick={onCancel}
              disabled={isCancelling}
            >
              {isCancelling ? 'Cancelling …' : 'Cancel'}
            </Button>
          )}
        </Group>
      </Group>
      <Progress value={percent} animated={total === 0} aria-label={label} />
    </Paper>
  );
}
