import { Alert, Group, Text } from '@mantine/core';
import { Clock } from 'lucide-react';
import { formatCount } from '../format/format-number.ts';
import { CancelButton, type CancelButtonProps } from './cancel-button.tsx';

interface QueueNoticeProps extends CancelButtonProps {
  /** What waits: "This run". */
  readonly what: string;
  readonly id: string | null;
  /** The ids of all that wait, the newest first. */
  readonly queue: readonly string[];
}

/** Says that a job waits for its turn, and how many came first. */
export function QueueNotice({ what, id, queue, ...cancel }: QueueNoticeProps) {
  const place = id === null ? -1 : queue.indexOf(id);
  return (
    <Alert variant="light" color="gray" icon={<Clock aria-hidden />} title="Queued" role="status">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          {what} begins by itself when it is its turn. {place >= 0 && describePlace(queue.length - 1 - place)}
        </Text>
        <CancelButton {...cancel} />
      </Group>
    </Alert>
  );
}

function describePlace(ahead: number): string {
  return ahead === 0 ? 'It is the next.' : `${formatCount(ahead, 'other')} came first.`;
}
