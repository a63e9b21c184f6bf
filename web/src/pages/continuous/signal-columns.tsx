import type { ContinuousSignal } from '@fast-scanner/client';
import { symbolPath } from '../../app/page-paths.ts';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { numberColumn } from '../../components/data-table/number-column.ts';
import { DirectionText } from '../../components/direction-text.tsx';
import { PriceText } from '../../components/price-text.tsx';
import { RowLink } from '../../components/row-link.tsx';
import { ScoreBar } from '../../components/score-bar.tsx';
import { SignalBadge } from '../../components/signal-badge.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { toTitle } from '../../format/to-title.ts';
import { biasOf } from './signal-bias.ts';

export const SIGNAL_COLUMNS: readonly DataColumn<ContinuousSignal>[] = [
  {
    id: 'closed',
    header: 'Candle closed',
    width: 'minmax(166px, 1fr)',
    value: ({ candleCloseTime }) => candleCloseTime,
    cell: ({ candleCloseTime }) => <TimeText value={candleCloseTime} />,
  },
  {
    id: 'symbol',
    header: 'Symbol',
    width: '124px',
    value: ({ symbol }) => symbol,
    cell: ({ symbol, exchange, timeframe }) => (
      <RowLink href={symbolPath(symbol, { exchange, timeframe })}>{symbol}</RowLink>
    ),
  },
  {
    id: 'style',
    header: 'Style',
    width: '124px',
    value: ({ style }) => style,
    cell: ({ style, timeframe }) => `${toTitle(style)} · ${timeframe}`,
  },
  {
    id: 'type',
    header: 'Signal',
    width: '176px',
    value: ({ signal_type }) => signal_type,
    cell: ({ signal_type }) => <SignalBadge signal={biasOf(signal_type)} label={toTitle(signal_type)} />,
  },
  {
    id: 'score',
    header: 'Score',
    help: 'Momentum and reversion together, 0 to 100',
    width: '112px',
    value: ({ combined_score }) => combined_score,
    cell: ({ combined_score }) => <ScoreBar value={combined_score} label="Combined score" />,
  },
  numberColumn({
    id: 'momentum',
    header: 'Momentum',
    help: 'Whether the price runs, and how hard, 0 to 100',
    width: '122px',
    value: ({ momentum }) => momentum.momentum_score,
  }),
  numberColumn({
    id: 'reversion',
    header: 'Reversion',
    help: 'Whether the price has run too far, 0 to 100',
    width: '112px',
    minTableWidth: 1050,
    value: ({ reversion }) => reversion.reversion_score,
  }),
  numberColumn({
    id: 'change',
    header: '10 candles',
    help: 'Change of the price over 10 candles',
    width: '112px',
    minTableWidth: 1160,
    value: ({ momentum }) => momentum.price_change_pct,
    show: (value) => <DirectionText value={value} />,
  }),
  {
    id: 'price',
    header: 'Price',
    width: '112px',
    align: 'right',
    cell: ({ price }) => <PriceText value={price} />,
  },
];
