import {
  type CandlesResponse,
  CHART_INDICATORS,
  type DeepAnalysis,
  type IndicatorLine,
  TIMEFRAMES,
  type Timeframe,
} from '@fast-scanner/client';
import { Chip, Group, Select, Text } from '@mantine/core';
import { useMemo } from 'react';
import { CandleChart } from '../../charts/candle-chart.tsx';
import type { ChartLevel, ChartLine } from '../../charts/chart-types.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Section } from '../../components/section.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { INDICATOR_LABELS, type SymbolFilters } from './symbol-filters.ts';
import { useSymbolCandles } from './use-symbol-data.ts';

interface SymbolChartProps {
  readonly symbol: string;
  readonly filters: SymbolFilters;
  readonly onFilter: (filters: Partial<SymbolFilters>) => void;
  readonly timeframe: Timeframe;
  readonly plan: DeepAnalysis['sl_tp'];
}

/** How each line is drawn: its name, and the pane it stands in (0: with the candles). */
const LINES: Readonly<Record<IndicatorLine, readonly [label: string, pane: number]>> = {
  ema20: ['EMA 20', 0],
  ema50: ['EMA 50', 0],
  ema200: ['EMA 200', 0],
  bollingerUpper: ['Upper band', 0],
  bollingerMiddle: ['Middle band', 0],
  bollingerLower: ['Lower band', 0],
  rsi: ['RSI 14', 1],
  macdLine: ['MACD', 2],
  macdSignal: ['Signal', 2],
  macdHistogram: ['Histogram', 2],
};
const HEIGHT = 380;
const PANE_HEIGHT = 110;

/** The symbol's closed candles with what the user wants drawn over them, and the plan's levels. */
export function SymbolChart({ symbol, filters, onFilter, timeframe, plan }: SymbolChartProps) {
  const { exchange, indicators } = filters;
  const { data, error, refetch } = useSymbolCandles({ symbol, exchange, timeframe, indicators });
  const lines = useMemo(() => toLines(data), [data]);
  const levels = useMemo(() => toLevels(plan), [plan]);
  const panes = new Set(lines.map(({ pane }) => pane)).size;
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
          data={TIMEFRAMES}
          value={timeframe}
          onChange={(chosen) => onFilter({ timeframe: chosen })}
          allowDeselect={false}
        />
      }
    >
      <Chip.Group
        multiple
        value={[...indicators]}
        onChange={(chosen) =>
          onFilter({ indicators: CHART_INDICATORS.filter((name) => chosen.includes(name)) })
        }
      >
        <Group gap="xs" role="group" aria-label="Indicators">
          {CHART_INDICATORS.map((name) => (
            <Chip key={name} value={name} size="xs">
              {INDICATOR_LABELS[name]}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <LoadingState rows={1} rowHeight={HEIGHT} label="Loading candles" />}
      {data && (
        <CandleChart
          label={`${symbol}, ${data.timeframe} candles${plan ? ', with entry, stop and targets' : ''}`}
          candles={data.candles}
          lines={lines}
          levels={levels}
          height={HEIGHT + Math.max(0, panes - 1) * PANE_HEIGHT}
        />
      )}
      {plan && timeframe !== filters.timeframe && filters.timeframe !== null && (
        <Text size="xs" c="dimmed">
          The levels are of the analysis, whatever timeframe is drawn.
        </Text>
      )}
    </Section>
  );
}

function toLines(data: CandlesResponse | undefined): readonly ChartLine[] {
  if (!data) return [];
  const names = Object.keys(data.indicators) as IndicatorLine[]; // the contract has no others
  const panes = [...new Set(names.map((name) => LINES[name][1]))].sort();
  return names.map((name) => {
    const [label, pane] = LINES[name];
    const values = data.indicators[name] ?? [];
    const points = data.candles.map(([time = 0], index) => ({ time, value: values[index] ?? null }));
    // Panes are numbered without a hole, also when only the lowest is shown.
    return {
      id: name,
      label,
      points,
      pane: pane === 0 ? 0 : panes.filter((one) => one > 0).indexOf(pane) + 1,
    };
  });
}

function toLevels(plan: DeepAnalysis['sl_tp']): readonly ChartLevel[] {
  if (!plan) return [];
  const targets = plan.targets.map(
    ({ level, price }): ChartLevel => ({ price, label: `Target ${level}`, direction: 'up' }),
  );
  return [
    { price: plan.entry, label: 'Entry', direction: 'flat', isDashed: false },
    { price: plan.stopLoss, label: 'Stop', direction: 'down' },
    ...targets,
  ];
}
