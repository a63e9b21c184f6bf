import { Button } from '@mantine/core';
import { X } from 'lucide-react';

export interface CancelButtonProps {
  readonly onCancel: () => void;
  /** It was asked for, and is under way. */
  readonly isCancelling: boolean;
}

/** Stops a job. */
export function CancelButton({ onCancel, isCancelling }: CancelButtonProps) {
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<X size={14} aria-hidden />}
      onClick={onCancel}
      disabled={isCancelling}
    >
      {isCancelling ? 'Cancelling …' : 'Cancel'}
    </Button>
  );
}
