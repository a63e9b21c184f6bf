import type { Provenance } from '@fast-scanner/client';
import { Code, Stack, Table, Text } from '@mantine/core';
import { FactList } from '../../components/fact-list.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { WideTable } from '../../components/wide-table.tsx';

interface ProvenanceCardProps {
  readonly quick: Provenance;
  /** `null` while there is no deep analysis. */
  readonly deep: Provenance | null;
}

/** Which candles were used, by which rules: enough to compute everything on this page again. */
export function ProvenanceCard({ quick, deep }: ProvenanceCardProps) {
  const { dataSource, candleCloseTime, warmupOk, rules, modelId } = deep ?? quick;
  const versions = Object.entries(rules).map(([name, version]) => `${name} ${version}`);
  return (
    <Stack gap="sm">
      <FactList
        facts={[
          { label: 'Source', value: `${dataSource.exchange}, ${dataSource.kind}` },
          { label: 'Newest candle closed', value: <TimeText value={candleCloseTime} /> },
          { label: 'Warm-up', value: warmupOk ? 'complete' : 'too few candles for the slowest indicator' },
          { label: 'Rules', value: versions.join(', ') },
          { label: 'Model', value: modelId === null ? 'none' : <Code>{modelId}</Code> },
        ]}
      />
      <WideTable label="Candles that were used" minWidth={620}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>For</Table.Th>
            <Table.Th>Candles</Table.Th>
            <Table.Th>From</Table.Th>
            <Table.Th>To</Table.Th>
            <Table.Th>Digest</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <WindowRows name="Signal" provenance={quick} />
          {deep && <WindowRows name="Deep analysis" provenance={deep} />}
        </Table.Tbody>
      </WideTable>
      <Text size="xs" c="dimmed">
        The digest is SHA-256 of the candles: the same candles give the same digest.
      </Text>
    </Stack>
  );
}

function WindowRows({ name, provenance }: { readonly name: string; readonly provenance: Provenance }) {
  return provenance.candles.map(({ timeframe, count, from, to, sha256 }) => (
    <Table.Tr key={timeframe}>
      <Table.Td>{name}</Table.Td>
      <Table.Td>
        {count} × {timeframe}
      </Table.Td>
      <Table.Td>
        <TimeText value={from} />
      </Table.Td>
      <Table.Td>
        <TimeText value={to} />
      </Table.Td>
      <Table.Td>
        <Code title={sha256}>{sha256.slice(0, 10)}</Code>
      </Table.Td>
    </Table.Tr>
  ));
}
