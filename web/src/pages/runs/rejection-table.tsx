import type { RunRejection } from '@fast-scanner/client';
import { Table, Text } from '@mantine/core';
import { SymbolLink } from '../../components/symbol-link.tsx';
import { WideTable } from '../../components/wide-table.tsx';
import { REASON_TEXTS } from './rejection-labels.ts';
import type { ReasonGroup } from './rejection-reasons.ts';
import { ThresholdBar } from './threshold-bar.tsx';

interface RejectionTableProps {
  readonly group: ReasonGroup;
  /** Where the run looked. */
  readonly exchange: string | null;
}

/** The symbols of one reason: how near each was, and what was wrong in words. */
export function RejectionTable({ group: { reason, rejections }, exchange }: RejectionTableProps) {
  const { label, help } = REASON_TEXTS[reason];
  const isScored = rejections.some(({ score }) => score !== undefined);
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {help}
      </Text>
      <WideTable label={label} minWidth={480} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Symbol</Table.Th>
            {isScored && <Table.Th w={170}>Score against minimum</Table.Th>}
            <Table.Th>Reason</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rejections.map((rejection) => (
            <RejectionRow
              key={rejection.symbol}
              rejection={rejection}
              exchange={exchange}
              isScored={isScored}
            />
          ))}
        </Table.Tbody>
      </WideTable>
    </>
  );
}

interface RejectionRowProps {
  readonly rejection: RunRejection;
  readonly exchange: string | null;
  readonly isScored: boolean;
}

function RejectionRow({ rejection, exchange, isScored }: RejectionRowProps) {
  const { symbol, score, threshold, reason, code } = rejection;
  return (
    <Table.Tr>
      <Table.Td>
        <SymbolLink symbol={symbol} exchange={exchange} />
      </Table.Td>
      {isScored && (
        <Table.Td>
          <ThresholdBar score={score ?? null} threshold={threshold ?? null} />
        </Table.Td>
      )}
      <Table.Td>
        {reason}
        {code && (
          <Text span size="xs" c="dimmed">
            {' '}
            · {code}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
