import type { ScorecardDimension, ScorecardGroup } from '@fast-scanner/client';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { DirectionText } from '../../components/direction-text.tsx';
import { formatNumber, formatShare, formatSigned } from '../../format/format-number.ts';
import { toTitle } from '../../format/to-title.ts';
import { IntervalBar } from './interval-bar.tsx';

type GroupColumn = DataColumn<ScorecardGroup>;

/** The columns of a split; the first is named after what it is split by. */
export function toGroupColumns(header: string, by: ScorecardDimension): readonly GroupColumn[] {
  const isName = by === 'type' || by === 'mode' || by === 'regime' || by === 'origin';
  const key: GroupColumn = {
    id: 'key',
    header,
    width: 'minmax(130px, 1fr)',
    value: ({ key }) => key,
    cell: ({ key }) => <b>{isName ? toTitle(key) : key}</b>,
  };
  return [key, ...COUNTS, HIT_RATE, ...FIGURES];
}

const COUNTS: readonly GroupColumn[] = [
  {
    id: 'n',
    header: 'Settled',
    help: 'Signals with an outcome',
    width: '88px',
    align: 'right',
    value: ({ n }) => n,
    cell: ({ n }) => formatNumber(n),
  },
  {
    id: 'trades',
    header: 'Trades',
    help: 'Of those, the ones that took a side',
    width: '84px',
    align: 'right',
    value: ({ directional }) => directional,
    cell: ({ directional }) => formatNumber(directional),
  },
  {
    id: 'apart',
    header: 'Apart',
    help: 'Trades of one symbol and timeframe whose time overlaps count once',
    width: '76px',
    align: 'right',
    value: ({ independent }) => independent,
    cell: ({ independent }) => formatNumber(independent),
  },
];

const HIT_RATE: GroupColumn = {
  id: 'hits',
  header: 'Hit rate, 95 %',
  help: 'Share of the trades above zero after costs; the interval is that of the trades that do not overlap',
  width: 'minmax(280px, 2fr)',
  value: ({ hit_rate }) => hit_rate,
  cell: (group) =>
    group.hit_rate === null ? (
      <span title={group.note ?? ''}>{group.note ?? '–'}</span>
    ) : (
      <IntervalBar {...group} />
    ),
};

const FIGURES: readonly GroupColumn[] = [
  {
    id: 'net',
    header: 'Net',
    help: 'Mean return of the trades after costs',
    width: '92px',
    align: 'right',
    value: ({ mean_net_return_pct }) => mean_net_return_pct,
    cell: ({ mean_net_return_pct }) => <DirectionText value={mean_net_return_pct} />,
  },
  {
    id: 'factor',
    header: 'Factor',
    help: 'Gains divided by losses',
    width: '80px',
    align: 'right',
    value: ({ profit_factor }) => profit_factor,
    cell: ({ profit_factor }) => formatNumber(profit_factor, 2),
  },
  {
    id: 'rank',
    header: 'Rank',
    help: 'Rank correlation of score and return',
    width: '80px',
    align: 'right',
    value: ({ rank_correlation }) => rank_correlation,
    cell: ({ rank_correlation }) => formatSigned(rank_correlation, 3),
  },
  {
    id: 'exits',
    header: 'Target / stop / time',
    width: '150px',
    align: 'right',
    minTableWidth: 1060,
    cell: ({ target_rate, stop_rate, timeout_rate }) =>
      target_rate === null
        ? '–'
        : [target_rate, stop_rate, timeout_rate].map((rate) => formatShare(rate)).join(' / '),
  },
  {
    id: 'pending',
    header: 'Pending',
    width: '84px',
    align: 'right',
    minTableWidth: 900,
    value: ({ pending }) => pending,
    cell: ({ pending }) => formatNumber(pending),
  },
];
