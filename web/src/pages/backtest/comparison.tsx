import type { MarketScanResult } from '@fast-scanner/client';
import { SimpleGrid, Table, Text } from '@mantine/core';
import { formatNumber } from '../../format/format-number.ts';
import { COMPARED, type ComparedStatistic } from './compared-statistics.ts';
import { StatisticValue } from './statistic-value.tsx';

type ComparisonProps = Pick<MarketScanResult, 'portfolio' | 'benchmark'>;

const MIDDLE = Math.ceil(COMPARED.length / 2);
const HALVES = [COMPARED.slice(0, MIDDLE), COMPARED.slice(MIDDLE)];

/** All stocks as one account, figure by figure beside the benchmark. */
export function Comparison({ portfolio, benchmark }: ComparisonProps) {
  const lead = portfolio.return_pct - benchmark.return_pct;
  return (
    <>
      <Text size="sm">
        All stocks as one account: {formatNumber(Math.abs(lead), 1)} points {lead < 0 ? 'behind' : 'ahead of'}{' '}
        the benchmark, {benchmark.name}.
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing={0} style={{ alignItems: 'start' }}>
        {HALVES.map((statistics) => (
          <Figures
            key={statistics[0]?.id}
            statistics={statistics}
            portfolio={portfolio}
            benchmark={benchmark}
          />
        ))}
      </SimpleGrid>
    </>
  );
}

interface FiguresProps extends ComparisonProps {
  readonly statistics: readonly ComparedStatistic[];
}

function Figures({ statistics, portfolio, benchmark }: FiguresProps) {
  return (
    <Table aria-label="Strategy and benchmark" verticalSpacing={6} horizontalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Figure</Table.Th>
          <Table.Th ta="right">Strategy</Table.Th>
          <Table.Th ta="right">Benchmark</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {statistics.map((statistic) => (
          <Table.Tr key={statistic.id}>
            <Table.Th scope="row" fw={400} title={statistic.help}>
              {statistic.label}
            </Table.Th>
            <Table.Td ta="right" fw={600}>
              <StatisticValue statistic={statistic} of={portfolio} />
            </Table.Td>
            <Table.Td ta="right">
              <StatisticValue statistic={statistic} of={benchmark} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
