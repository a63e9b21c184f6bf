import type { MarketScanHook } from '@fast-scanner/client/react';
import { Alert, Text } from '@mantine/core';
import { Archive } from 'lucide-react';
import { DirectionText } from '../../components/direction-text.tsx';
import { FactList } from '../../components/fact-list.tsx';
import { Section } from '../../components/section.tsx';
import { formatDuration } from '../../format/format-duration.ts';
import { formatNumber } from '../../format/format-number.ts';

/** A market scan whose result is not kept any more, with what is left of it. */
export function SweptTest({
  scan: { progress, successful, failed, pnl },
}: {
  readonly scan: MarketScanHook;
}) {
  return (
    <>
      <Alert variant="light" color="gray" icon={<Archive aria-hidden />} title="Only the numbers are left">
        <Text size="sm">
          The server keeps a result for a while after the end. This one was swept: its stocks and curves are
          gone.
        </Text>
      </Alert>
      <Section title="Summary">
        <FactList
          facts={[
            { label: 'Profit and loss', value: <DirectionText value={pnl} format="number" decimals={0} /> },
            { label: 'Tested', value: formatNumber(successful) },
            { label: 'Failed', value: formatNumber(failed) },
            { label: 'Stocks', value: formatNumber(progress.total) },
            { label: 'Took', value: formatDuration(progress.elapsedMs) },
          ]}
        />
      </Section>
    </>
  );
}
