import type { MarketScanResult } from '@fast-scanner/client';
import { Title } from '@mantine/core';
import { useMemo } from 'react';
import { ChartLegend } from '../../charts/chart-legend.tsx';
import { LineChart } from '../../charts/line-chart.tsx';
import { Section } from '../../components/section.tsx';
import { formatCompact, formatNumber, formatPercent, formatShare } from '../../format/format-number.ts';
import { toCurveLines, toDrawdownLines } from './curve-lines.ts';

const LABELS = ['Strategy', 'Benchmark'];
const formatDrawdown = (ratio: number) => formatPercent(100 * ratio, 1);

/** Equity of all stocks as one account, and how far it was below its peak, beside the benchmark. */
export function CurveSection({ result: { portfolio, benchmark } }: { readonly result: MarketScanResult }) {
  const { curve, start_equity, final_equity } = portfolio;
  const equity = useMemo(() => toCurveLines(curve), [curve]);
  const drawdown = useMemo(() => toDrawdownLines(curve), [curve]);
  return (
    <Section
      title="Equity"
      description={`Against ${benchmark.name}.`}
      actions={<ChartLegend labels={LABELS} />}
    >
      <LineChart
        label={`Equity of the strategy from ${formatNumber(start_equity)} to ${formatNumber(final_equity)}; of the benchmark to ${formatNumber(benchmark.final_equity)}`}
        lines={equity}
        formatValue={formatCompact}
        baseline={start_equity}
      />
      <Title order={3} size="h5">
        Drawdown
      </Title>
      <LineChart
        label={`Drawdown: the strategy was ${formatShare(portfolio.max_drawdown, 1)} below its peak at worst, the benchmark ${formatShare(benchmark.max_drawdown, 1)}`}
        lines={drawdown}
        formatValue={formatDrawdown}
        height={180}
      />
    </Section>
  );
}
