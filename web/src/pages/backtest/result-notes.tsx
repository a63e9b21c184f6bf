import type { MarketScanResult } from '@fast-scanner/client';
import { List } from '@mantine/core';
import { FactList } from '../../components/fact-list.tsx';
import { Section } from '../../components/section.tsx';
import { formatNumber } from '../../format/format-number.ts';

/** What one has to know before believing a result. */
export function ResultNotes({ result }: { readonly result: MarketScanResult }) {
  const { caveats } = result;
  return (
    <Section title="Read this before you believe it">
      {caveats.length > 0 && (
        <List size="sm" spacing={6}>
          {caveats.map((caveat) => (
            <List.Item key={caveat}>{caveat}</List.Item>
          ))}
        </List>
      )}
      <FactList facts={toFacts(result)} />
    </Section>
  );
}

const percent = (ratio: number) => `${Number((ratio * 100).toFixed(4))} %`;

function toFacts({ conventions, universe }: MarketScanResult) {
  const { cash, commission, slippage, direction, units, last_trade } = conventions;
  return [
    { label: 'Cash for each stock', value: formatNumber(cash) },
    { label: 'Commission', value: `${percent(commission)} a fill` },
    { label: 'Slippage', value: `${percent(slippage)} a fill` },
    { label: 'Positions', value: direction === 'both' ? 'long and short' : direction },
    { label: 'Units', value: units },
    { label: 'Last trade closed at', value: last_trade },
    { label: 'Universe', value: universe.name },
    ...(universe.as_of === null ? [] : [{ label: 'List as of', value: universe.as_of }]),
  ];
}
