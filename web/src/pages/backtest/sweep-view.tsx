import type { SweepResult } from '@fast-scanner/client';
import { List, Text } from '@mantine/core';
import { useMemo } from 'react';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { FactList } from '../../components/fact-list.tsx';
import { Section } from '../../components/section.tsx';
import { formatCount, formatNumber, formatShare } from '../../format/format-number.ts';
import { FailedStocks } from './failed-stocks.tsx';
import { toVariantColumns, variantId } from './variant-columns.tsx';

/** What a sweep came to: the verdict, and every variant in the past and afterwards. */
export function SweepView({ result }: { readonly result: SweepResult }) {
  const { variants, verdict, failures, caveats, split_date } = result;
  const columns = useMemo(() => toVariantColumns(variants), [variants]);
  return (
    <>
      <Section title="Verdict">
        <Text>{verdict}</Text>
        <FactList facts={toFacts(result)} />
      </Section>
      <Section
        title="Variants"
        description={`${formatCount(variants.length, 'variant')}, chosen before ${split_date} and judged from then on.`}
      >
        <DataTable label="Variants" columns={columns} rows={variants} rowId={variantId} />
      </Section>
      {failures.length > 0 && <FailedStocks failures={failures} />}
      <Section title="Read this before you believe it">
        <List size="sm" spacing={6}>
          {caveats.map((caveat) => (
            <List.Item key={caveat}>{caveat}</List.Item>
          ))}
        </List>
      </Section>
    </>
  );
}

function toFacts({ variants, successful, failed, deflated_sharpe: deflated, split_date }: SweepResult) {
  return [
    { label: 'Variants', value: formatNumber(variants.length) },
    { label: 'Stocks tested', value: formatNumber(successful) },
    { label: 'Failed', value: formatNumber(failed) },
    { label: 'Judged from', value: split_date },
    {
      label: 'More than luck',
      value: formatShare(deflated?.probability, 0),
      help: 'Probability that the best Sharpe ratio is more than the luck of having tried so many',
    },
  ];
}
