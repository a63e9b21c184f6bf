import type { MarketScanHook } from '@fast-scanner/client/react';
import { Text } from '@mantine/core';
import { DirectionText } from '../../components/direction-text.tsx';
import { FactList } from '../../components/fact-list.tsx';
import { Section } from '../../components/section.tsx';
import { formatNumber } from '../../format/format-number.ts';
import { PnlChart } from './pnl-chart.tsx';
import type { PnlPoint } from './use-test-log.ts';

interface PnlSectionProps {
  readonly scan: MarketScanHook;
  readonly points: readonly PnlPoint[];
}

/** The running profit and loss, as a number and as the curve that led to it. */
export function PnlSection({ scan, points }: PnlSectionProps) {
  return (
    <Section
      title="Profit and loss so far"
      description="The sum over the stocks that have been tested, each with the same money."
    >
      <FactList facts={toFacts(scan)} />
      {points.length > 1 ? (
        <PnlChart points={points} />
      ) : (
        <Text size="sm" c="dimmed">
          {scan.phase === 'running'
            ? 'The curve begins with the tenth stock.'
            : 'It ended too early for a curve.'}
        </Text>
      )}
    </Section>
  );
}

function toFacts({ pnl, successful, failed, progress }: MarketScanHook) {
  return [
    { label: 'Profit and loss', value: <DirectionText value={pnl} format="number" decimals={0} /> },
    { label: 'Tested', value: formatNumber(successful) },
    { label: 'Failed', value: formatNumber(failed) },
    { label: 'Stocks', value: progress.total === 0 ? '–' : formatNumber(progress.total) },
  ];
}
