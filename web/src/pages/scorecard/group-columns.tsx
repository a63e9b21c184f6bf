import type { ScorecardDimension, ScorecardGroup } from '@fast-scanner/client';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { numberColumn } from '../../components/data-table/number-column.ts';
import { DirectionText } from '../../components/direction-text.tsx';
import { formatNumber, formatShare, formatSigned } from '../../format/format-number.ts';
import { toTitle } from '../../format/to-title.ts';
import { exitsText } from './exits-text.ts';
import { IntervalBar } from './interval-bar.tsx';
import type { IntervalScale } from './interval-scale.ts';

type GroupColumn = DataColumn<ScorecardGroup>;

interface Split {
  readonly header: string;
  readonly by: ScorecardDimension;
  /** Of the bars. */
  readonly scale: IntervalScale;
}

/** The columns of a split; the first is named after what it is split by. */
export function toGroupColumns({ header, by, scale }: Split): readonly GroupColumn[] {
  const isName = by === 'type' || by === 'mode' || by === 'regime' || by === 'origin';
  const key: GroupColumn = {
    id: 'key',
    header,
    width: 'minmax(156px, 1fr)',
    value: ({ key }) => key,
    cell: ({ key }) => <b>{isName ? toTitle(key) : key}</b>,
  };
  return [key, ...COUNTS, hitRate(scale), ...FIGURES];
}

const COUNTS: readonly GroupColumn[] = [
  numberColumn({
    id: 'n',
    header: 'Settled',
    help: 'Signals with an outcome',
    width: '88px',
    value: ({ n }) => n,
  }),
  numberColumn({
    id: 'trades',
    header: 'Trades',
    help: 'Of those, the ones that took a side',
    width: '84px',
    value: ({ directional }) => directional,
  }),
  numberColumn({
    id: 'apart',
    header: 'Apart',
    help: 'Trades of one symbol and timeframe whose time overlaps count once',
    width: '76px',
    value: ({ independent }) => independent,
  }),
];

function hitRate(scale: IntervalScale): GroupColumn {
  const ends = `${formatShare(scale.low)} to ${formatShare(scale.high)}`;
  return {
    id: 'hits',
    header: `Hit rate, 95 % (bar ${ends})`,
    help: 'Share of the trades above zero after costs; the interval is that of the trades that do not overlap. The dashed line is 50 %.',
    width: 'minmax(270px, 2fr)',
    value: ({ hit_rate }) => hit_rate,
    cell: (group) =>
      group.hit_rate === null ? (
        <span title={group.note ?? ''}>{group.note ?? '–'}</span>
      ) : (
        <IntervalBar {...group} scale={scale} />
      ),
  };
}

const FIGURES: readonly GroupColumn[] = [
  numberColumn({
    id: 'net',
    header: 'Net',
    help: 'Mean return of the trades after costs',
    width: '92px',
    value: ({ mean_net_return_pct }) => mean_net_return_pct,
    show: (value) => <DirectionText value={value} />,
  }),
  numberColumn({
    id: 'factor',
    header: 'Factor',
    help: 'Gains divided by losses',
    width: '80px',
    value: ({ profit_factor }) => profit_factor,
    show: (value) => formatNumber(value, 2),
  }),
  numberColumn({
    id: 'rank',
    header: 'Rank',
    help: 'Rank correlation of score and return',
    width: '80px',
    value: ({ rank_correlation }) => rank_correlation,
    show: (value) => formatSigned(value, 3),
  }),
  {
    id: 'exits',
    header: 'Target / stop / time',
    width: '150px',
    align: 'right',
    minTableWidth: 1180,
    cell: exitsText,
  },
  numberColumn({
    id: 'pending',
    header: 'Pending',
    width: '84px',
    minTableWidth: 1080,
    value: ({ pending }) => pending,
  }),
];
