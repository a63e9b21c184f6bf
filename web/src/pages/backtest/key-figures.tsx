import type { MarketScanResult } from '@fast-scanner/client';
import { Group } from '@mantine/core';
import { DirectionText } from '../../components/direction-text.tsx';
import { FactList } from '../../components/fact-list.tsx';
import { Section } from '../../components/section.tsx';
import { formatDuration } from '../../format/format-duration.ts';
import { formatNumber } from '../../format/format-number.ts';
import { toTitle } from '../../format/to-title.ts';
import { Comparison } from './comparison.tsx';
import { DownloadButton } from './download-button.tsx';

interface KeyFiguresProps {
  readonly jobId: string;
  readonly result: MarketScanResult;
}

/** The outcome in numbers, beside what the market itself did. */
export function KeyFigures({ jobId, result }: KeyFiguresProps) {
  const { parameters, interval, universe, portfolio } = result;
  const { date } = portfolio.curve;
  const values = Object.entries(parameters).map(([name, value]) => `${toTitle(name)} ${value}`);
  return (
    <Section
      title="Key figures"
      description={[universe.name, `${date[0]} to ${date.at(-1)}`, `${interval} candles`, ...values].join(
        ' · ',
      )}
      actions={
        <Group gap="xs">
          <DownloadButton jobId={jobId} kind="report" />
          <DownloadButton jobId={jobId} kind="csv" />
        </Group>
      }
    >
      <FactList facts={toFacts(result)} />
      <Comparison {...result} />
    </Section>
  );
}

function toFacts({ total_pnl, successful, failed, macro_statistics: macro, total_time }: MarketScanResult) {
  return [
    { label: 'Profit and loss', value: <DirectionText value={total_pnl} format="number" decimals={0} /> },
    { label: 'Stocks tested', value: formatNumber(successful) },
    { label: 'Failed', value: formatNumber(failed) },
    {
      label: 'Profitable stocks',
      value:
        macro.profitability_rate === null
          ? '–'
          : `${formatNumber(macro.profitable_stocks)} (${formatNumber(macro.profitability_rate)} %)`,
    },
    { label: 'Median return', value: <DirectionText value={macro.return_pct?.median} decimals={1} /> },
    { label: 'Took', value: formatDuration(total_time * 1000) },
  ];
}
