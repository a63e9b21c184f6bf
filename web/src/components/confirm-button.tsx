import { Button, Group, Popover, Text } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';

interface ConfirmButtonProps {
  readonly label: string;
  readonly icon: LucideIcon;
  /** What is asked before it is done. */
  readonly question: string;
  readonly onConfirm: () => void;
  /** For screen readers, when the label says too little. */
  readonly ariaLabel?: string;
  readonly isDisabled?: boolean;
}

/** A button that asks once more. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { label, icon: Icon, question, onConfirm, ariaLabel, isDisabled = false } = props;
  const [isAsking, setIsAsking] = useState(false);
  const confirm = () => {
    setIsAsking(false);
    onConfirm();
  };
  return (
    <Popover opened={isAsking} onChange={setIsAsking} trapFocus returnFocus withArrow shadow="md">
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon size={14} aria-hidden />}
          aria-label={ariaLabel}
          disabled={isDisabled}
          onClick={() => setIsAsking(true)}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={question}>
        <Text size="sm" mb="xs">
          {question}
        </Text>
        <Group gap="xs">
          <Button size="xs" color="red" onClick={confirm}>
            Yes
          </Button>
          <Button size="xs" variant="default" onClick={() => setIsAsking(false)}>
            No
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
