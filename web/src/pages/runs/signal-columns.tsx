import type { RunSignal } from '@fast-scanner/client';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { ScoreBar } from '../../components/score-bar.tsx';
import { SignalBadge } from '../../components/signal-badge.tsx';
import { formatNumber, formatPrice } from '../../format/format-number.ts';
import classes from './signal-columns.module.css';

/** The columns of a run's signals. */
export function toSignalColumns(onExplain: (signal: RunSignal) => void): readonly DataColumn<RunSignal>[] {
  return [...IDENTITY, ...PLAN, ...REASON, explanation(onExplain)];
}

const IDENTITY: readonly DataColumn<RunSignal>[] = [
  {
    id: 'symbol',
    header: 'Symbol',
    width: 'minmax(140px, 1fr)',
    value: ({ symbol }) => symbol,
    cell: ({ symbol, setup_type, primary_timeframe }) => (
      <Lines values={[<b key="symbol">{symbol}</b>, `${setup_type} · ${primary_timeframe}`]} />
    ),
  },
  {
    id: 'direction',
    header: 'Direction',
    width: '106px',
    value: ({ direction }) => direction,
    cell: ({ direction }) => <SignalBadge signal={direction} />,
  },
  {
    id: 'score',
    header: 'Score',
    help: 'Opportunity score, 0 to 100',
    width: '100px',
    align: 'right',
    value: ({ score }) => score,
    cell: ({ score }) => <ScoreBar value={score} label="Opportunity score" />,
  },
];

const PLAN: readonly DataColumn<RunSignal>[] = [
  {
    id: 'entry',
    header: 'Entry zone',
    help: 'From the newest close to a quarter of the way to the stop',
    width: '106px',
    align: 'right',
    cell: ({ entry_near, entry_far }) => <Lines values={[formatPrice(entry_near), formatPrice(entry_far)]} />,
  },
  {
    id: 'stop',
    header: 'Stop',
    width: '106px',
    align: 'right',
    cell: ({ stop_loss }) => formatPrice(stop_loss),
  },
  {
    id: 'targets',
    header: 'Targets',
    help: 'Where to take profit, nearest first, with the share of the position to close there',
    width: '154px',
    align: 'right',
    cell: ({ targets }) => (
      <Lines
        values={targets.map(
          ({ level, percentage }) => `${formatPrice(level)} · ${formatNumber(percentage)} %`,
        )}
      />
    ),
  },
  {
    id: 'riskReward',
    header: 'R:R',
    help: 'Reward of the first target for one unit of risk',
    width: '64px',
    align: 'right',
    value: ({ targets }) => targets[0]?.risk_reward ?? null,
    cell: ({ targets }) => formatNumber(targets[0]?.risk_reward, 2),
  },
];

const REASON: readonly DataColumn<RunSignal>[] = [
  {
    id: 'rationale',
    header: 'Rationale',
    width: 'minmax(140px, 3fr)',
    minTableWidth: 900,
    cell: ({ rationale }) => (
      <span className={classes['rationale']} title={rationale}>
        {rationale}
      </span>
    ),
  },
];

function explanation(onExplain: (signal: RunSignal) => void): DataColumn<RunSignal> {
  return {
    id: 'explain',
    header: 'Why',
    width: '66px',
    cell: (signal) => (
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Why ${signal.symbol}`}
        onClick={(event) => {
          event.stopPropagation();
          onExplain(signal);
        }}
      >
        Why
      </Button>
    ),
  };
}

/** The first two, and how many more there are. */
function Lines({ values }: { readonly values: readonly ReactNode[] }) {
  const [first, second, ...more] = values;
  return (
    <span className={classes['lines']}>
      <span>{first}</span>
      <span className={classes['quiet']}>
        {second}
        {more.length > 0 && ` +${more.length}`}
      </span>
    </span>
  );
}
