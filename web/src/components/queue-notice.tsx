import { Alert, Button, Group, Text } from '@mantine/core';
import { Clock, X } from 'lucide-react';
import type { ReactNode } from 'react';

interface QueueNoticeProps {
  /** What waits: "This run". */
  readonly what: string;
  readonly onCancel: () => void;
  readonly isCancelling: boolean;
  /** How long it may take. */
  readonly children?: ReactNode;
}

/** Says that a job waits for its turn. */
export function QueueNotice({ what, onCancel, isCancelling, children }: QueueNoticeProps) {
  return (
    <Alert variant="light" color="gray" icon={<Clock aria-hidden />} title="Queued" role="status">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          {what} begins by itself when it is its turn. {children}
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
