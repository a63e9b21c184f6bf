import type { ContinuousStream, StreamState } from '@fast-scanner/client';
import { Table, Text } from '@mantine/core';
import { CircleAlert, CircleCheck, CirclePause, Clock, Turtle } from 'lucide-react';
import { type Look, LookBadge } from '../../components/look-badge.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { WideTable } from '../../components/wide-table.tsx';
import { formatDuration } from '../../format/format-duration.ts';
import { formatNumber } from '../../format/format-number.ts';
import { useConnectionStatus } from '../../hooks/use-connection-status.ts';
import { useNow } from '../../hooks/use-now.ts';
import { type LoopHealth, loopHealth } from './loop-health.ts';

const LOOPS: readonly (readonly [ContinuousStream, name: string, task: string])[] = [
  ['price', 'Prices', 'Watches the prices'],
  ['signals', 'Signals', 'Looks for closed candles'],
  ['market_state', 'Market state', 'Reads breadth and volatility'],
  ['full_scan', 'Full scan', 'Scans everything, in case something was missed'],
];
const LOOKS: Readonly<Record<LoopHealth, Look>> = {
  stopped: { label: 'Stopped', color: 'gray', icon: CirclePause },
  waiting: { label: 'Waiting', color: 'gray', icon: Clock },
  ok: { label: 'On time', color: 'teal', icon: CircleCheck },
  late: { label: 'Late', color: 'orange', icon: Turtle },
  failing: { label: 'Failing', color: 'red', icon: CircleAlert },
};

interface LoopTableProps {
  readonly streams: Readonly<Record<ContinuousStream, StreamState>>;
  readonly isRunning: boolean;
}

/** What the scanner does again and again, and whether it comes to it. */
export function LoopTable({ streams, isRunning }: LoopTableProps) {
  const { dataAsOf } = useConnectionStatus();
  const time = useNow(1000, isRunning);
  const now = dataAsOf ?? time; // what was not heard of is not late
  return (
    <WideTable label="Health of the loops" minWidth={680}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Loop</Table.Th>
          <Table.Th miw={110}>State</Table.Th>
          <Table.Th ta="right">Every</Table.Th>
          <Table.Th>Last run</Table.Th>
          <Table.Th ta="right">Took</Table.Th>
          <Table.Th ta="right" title="How much later than planned the last run began">
            Lag
          </Table.Th>
          <Table.Th ta="right" title="Runs left out because the one before was still going on">
            Skipped
          </Table.Th>
          <Table.Th ta="right">Errors</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {LOOPS.map(([id, name, task]) => (
          <LoopRow
            key={id}
            name={name}
            task={task}
            stream={streams[id]}
            health={loopHealth(streams[id], isRunning, now)}
          />
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

interface LoopRowProps {
  readonly name: string;
  readonly task: string;
  readonly stream: StreamState;
  readonly health: LoopHealth;
}

function LoopRow({ name, task, stream, health }: LoopRowProps) {
  const { interval_s, last_run_at, last_duration_ms, lag_ms, skipped, errors, last_error } = stream;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {name}
        <Text size="xs" c="dimmed">
          {task}
        </Text>
        {last_error && (
          <Text size="xs">
            Last error <TimeText value={last_error.at} style="age" />: {last_error.detail}
          </Text>
        )}
      </Table.Th>
      <Table.Td>
        <LookBadge {...LOOKS[health]} />
      </Table.Td>
      <Table.Td ta="right">{formatDuration(interval_s * 1000)}</Table.Td>
      <Table.Td>
        <TimeText value={last_run_at} style="age" />
      </Table.Td>
      <Table.Td ta="right">{formatDuration(last_duration_ms)}</Table.Td>
      <Table.Td ta="right">{formatDuration(lag_ms)}</Table.Td>
      <Table.Td ta="right">{formatNumber(skipped)}</Table.Td>
      <Table.Td ta="right">{formatNumber(errors)}</Table.Td>
    </Table.Tr>
  );
}
