import type { RunChange } from '@fast-scanner/client';
import { Table } from '@mantine/core';
import { DirectionText } from '../../components/direction-text.tsx';
import { SymbolLink } from '../../components/symbol-link.tsx';
import { WideTable } from '../../components/wide-table.tsx';
import { ChangeBadge } from './change-badge.tsx';

/** Each change with what was before, what is now, and what it means in words. */
export function ChangeTable({ changes }: { readonly changes: readonly RunChange[] }) {
  return (
    <WideTable label="Changes" minWidth={420} verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Symbol</Table.Th>
          <Table.Th>Change</Table.Th>
          <Table.Th>Before → now</Table.Th>
          <Table.Th ta="right">Score points</Table.Th>
          <Table.Th>In words</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map((change) => (
          <ChangeRow key={`${change.symbol} ${change.change}`} {...change} />
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function ChangeRow({ symbol, change, from, to, delta, detail }: RunChange) {
  return (
    <Table.Tr>
      <Table.Td>
        <SymbolLink symbol={symbol} exchange={null} />
      </Table.Td>
      <Table.Td>
        <ChangeBadge change={change} />
      </Table.Td>
      <Table.Td>
        {from ?? 'none'} → {to ?? 'none'}
      </Table.Td>
      <Table.Td ta="right">
        <DirectionText value={delta} format="number" decimals={1} />
      </Table.Td>
      <Table.Td>{detail}</Table.Td>
    </Table.Tr>
  );
}
