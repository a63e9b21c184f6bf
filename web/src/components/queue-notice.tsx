import { Alert, Button, Group, Text } from '@mantine/core';
import { Clock, X } from 'lucide-react';
import { formatCount } from '../format/format-number.ts';

interface QueueNoticeProps {
  /** What waits: "This run". */
  readonly what: string;
  readonly onCancel: () => void;
  readonly isCancelling: boolean;
  /** How many jobs wait before it; `null` while that is not known. */
  readonly ahead: number | null;
}

/** Says that a job waits for its turn. */
export function QueueNotice({ what, onCancel, isCancelling, ahead }: QueueNoticeProps) {
  return (
    <Alert variant="light" color="gray" icon={<Clock aria-hidden />} title="Queued" role="status">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          {what} begins by itself when it is its turn. {ahead !== null && describePlace(ahead)}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<X size={14} aria-hidden />}
          onClick={onCancel}
          disabled={isCancelling}
        >
          {isCancelling ? 'Cancelling …' : 'Cancel'}
        </Button>
      </Group>
    </Alert>
  );
}

function describePlace(ahead: number): string {
  return ahead === 0 ? 'It is the next.' : `${formatCount(ahead, 'other')} came first.`;
}
