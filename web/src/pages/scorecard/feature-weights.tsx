import type { FeatureWeight } from '@fast-scanner/client';
import { Table, Text } from '@mantine/core';
import { DirectionText } from '../../components/direction-text.tsx';
import { WideTable } from '../../components/wide-table.tsx';

interface FeatureWeightsProps {
  readonly weights: readonly FeatureWeight[];
  readonly meaning: string;
}

/** What the model goes by, the heaviest first. */
export function FeatureWeights({ weights, meaning }: FeatureWeightsProps) {
  return (
    <>
      <Text size="sm" c="dimmed">
        {meaning}
      </Text>
      <WideTable label="Feature weights" minWidth={460} fz="sm" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Feature</Table.Th>
            <Table.Th ta="right">Weight</Table.Th>
            <Table.Th>What it is</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {weights.map(({ feature, weight, help }) => (
            <Table.Tr key={feature}>
              <Table.Th scope="row">{feature}</Table.Th>
              <Table.Td ta="right">
                <DirectionText value={weight} format="number" decimals={4} />
              </Table.Td>
              <Table.Td>{help}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
    </>
  );
}
