import { CHART_INDICATORS, type DeepAnalysis, type Timeframe } from '@fast-scanner/client';
import { Chip, Group, Select, Text } from '@mantine/core';
import { useMemo } from 'react';
import { CandleChart } from '../../charts/candle-chart.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Section } from '../../components/section.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { timeframesOf } from '../../format/timeframes.ts';
import { toChartLines } from './chart-lines.ts';
import { toPlanLevels } from './plan-levels.ts';
import { INDICATOR_LABELS, type SymbolFilters } from './symbol-filters.ts';
import type { useSymbolCandles } from './use-symbol-data.ts';

interface SymbolChartProps {
  readonly symbol: string;
  readonly candles: ReturnType<typeof useSymbolCandles>;
  /** `null` until it is known. */
  readonly timeframe: Timeframe | null;
  readonly indicators: SymbolFilters['indicators'];
  readonly onFilter: (filters: Partial<SymbolFilters>) => void;
  readonly plan: DeepAnalysis['sl_tp'];
  /** Of the candles that the plan was made of. */
  readonly planTimeframe: Timeframe | null;
}

const HEIGHT = 380;
const PANE_HEIGHT = 110;

/** The symbol's closed candles with what the user wants drawn over them, and the plan's levels. */
export function SymbolChart(props: SymbolChartProps) {
  const { symbol, candles, timeframe, indicators, onFilter, plan, planTimeframe } = props;
  const { data, error, refetch } = candles;
  const lines = useMemo(() => (data ? toChartLines(data) : []), [data]);
  const levels = useMemo(() => toPlanLevels(plan), [plan]);
  const lowestPane = Math.max(0, ...lines.map(({ pane = 0 }) => pane));
  return (
    <Section
      title="Chart"
      description={
        data && (
          <>
            {data.count} closed {data.timeframe} candles, the newest closed{' '}
            <TimeText value={data.candleCloseTime} />
          </>
        )
      }
      actions={
        <Select
          aria-label="Timeframe of the chart"
          w={90}
          data={timeframesOf(symbol)}
          value={timeframe}
          onChange={(timeframe) => onFilter({ timeframe })}
          allowDeselect={false}
        />
      }
    >
      <IndicatorChips chosen={indicators} onChange={(chosen) => onFilter({ indicators: chosen })} />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <LoadingState rows={1} rowHeight={HEIGHT} label="Loading candles" />}
      {data && (
        <CandleChart
          label={`${symbol}, ${data.timeframe} candles${plan ? ', with entry, stop and targets' : ''}`}
          candles={data.candles}
          lines={lines}
          levels={levels}
          height={HEIGHT + lowestPane * PANE_HEIGHT}
        />
      )}
      {plan && planTimeframe !== timeframe && (
        <Text size="xs" c="dimmed">
          Entry, stop and targets come from {planTimeframe} candles.
        </Text>
      )}
    </Section>
  );
}

interface IndicatorChipsProps {
  readonly chosen: SymbolFilters['indicators'];
  readonly onChange: (chosen: SymbolFilters['indicators']) => void;
}

function IndicatorChips({ chosen, onChange }: IndicatorChipsProps) {
  return (
    <Chip.Group
      multiple
      value={[...chosen]}
      onChange={(names) => onChange(CHART_INDICATORS.filter((name) => names.includes(name)))}
    >
      <Group gap="xs" role="group" aria-label="Indicators">
        {CHART_INDICATORS.map((name) => (
          <Chip key={name} value={name} size="xs">
            {INDICATOR_LABELS[name]}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
