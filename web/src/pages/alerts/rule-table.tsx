import type { AlertRule } from '@fast-scanner/client';
import { Button, Group, Switch, Table } from '@mantine/core';
import { Pencil, Trash2 } from 'lucide-react';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { WideTable } from '../../components/wide-table.tsx';
import { formatCount } from '../../format/format-number.ts';
import { kindLabel, scopeText, thresholdText } from './alert-words.ts';

interface RuleTableProps {
  readonly rules: readonly AlertRule[];
  readonly isSaving: boolean;
  readonly onSwitch: (index: number, isEnabled: boolean) => void;
  readonly onEdit: (index: number, rule: AlertRule) => void;
  readonly onDelete: (index: number) => void;
}

/** The rules in words. */
export function RuleTable(props: RuleTableProps) {
  return (
    <WideTable label="Alert rules" minWidth={860}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>On</Table.Th>
          <Table.Th>Rule</Table.Th>
          <Table.Th>Watches</Table.Th>
          <Table.Th>Threshold</Table.Th>
          <Table.Th miw={130}>Where</Table.Th>
          <Table.Th>Quiet for</Table.Th>
          <Table.Th>Change</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {props.rules.map((rule, index) => (
          <RuleRow key={rule.id} {...props} rule={rule} index={index} />
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

interface RuleRowProps extends RuleTableProps {
  readonly rule: AlertRule;
  readonly index: number;
}

function RuleRow({ rule, index, isSaving, onSwitch, onEdit, onDelete }: RuleRowProps) {
  const { id, enabled, change, cooldownCandles } = rule;
  return (
    <Table.Tr>
      <Table.Td>
        <Switch
          aria-label={`Rule ${id} is on`}
          checked={enabled}
          disabled={isSaving}
          onChange={({ currentTarget }) => onSwitch(index, currentTarget.checked)}
        />
      </Table.Td>
      <Table.Th scope="row">{id}</Table.Th>
      <Table.Td>{kindLabel(change)}</Table.Td>
      <Table.Td>{thresholdText(rule)}</Table.Td>
      <Table.Td>{scopeText(rule)}</Table.Td>
      <Table.Td>{formatCount(cooldownCandles, 'candle')}</Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          <Button
            size="xs"
            variant="default"
            leftSection={<Pencil size={14} aria-hidden />}
            aria-label={`Edit rule ${id}`}
            onClick={() => onEdit(index, rule)}
          >
            Edit
          </Button>
          <ConfirmButton
            label="Delete"
            ariaLabel={`Delete rule ${id}`}
            icon={Trash2}
            question={`Delete the rule ${id}?`}
            isDisabled={isSaving}
            onConfirm={() => onDelete(index)}
          />
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
