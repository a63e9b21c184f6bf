import type { MarketJob } from '@fast-scanner/client';
import { DataSourceBadge } from '../../components/data-source-badge.tsx';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { DirectionText } from '../../components/direction-text.tsx';
import { JobStatusBadge } from '../../components/job-status-badge.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { formatDuration } from '../../format/format-duration.ts';
import { formatNumber } from '../../format/format-number.ts';

type JobColumns = readonly DataColumn<MarketJob>[];

/** The columns of the history. */
export function toJobColumns(titleOf: (strategy: string) => string): JobColumns {
  return [
    {
      id: 'created',
      header: 'Asked for',
      width: 'minmax(164px, 1fr)',
      value: ({ created_at }) => created_at,
      cell: ({ created_at }) => <TimeText value={created_at} />,
    },
    {
      id: 'strategy',
      header: 'Strategy',
      width: 'minmax(130px, 1fr)',
      value: ({ strategy }) => titleOf(strategy),
      cell: ({ strategy, kind }) => (kind === 'sweep' ? `${titleOf(strategy)}, sweep` : titleOf(strategy)),
    },
    ...STATE,
    ...OUTCOME,
  ];
}

const STATE: JobColumns = [
  {
    id: 'status',
    header: 'Status',
    width: '134px',
    value: ({ status }) => status,
    cell: ({ status }) => <JobStatusBadge status={status} />,
  },
  {
    id: 'source',
    header: 'Data',
    width: '158px',
    cell: ({ data_source }) => <DataSourceBadge dataSource={data_source} />,
  },
];

const OUTCOME: JobColumns = [
  {
    id: 'stocks',
    header: 'Stocks',
    width: '100px',
    align: 'right',
    cell: ({ current, total }) =>
      current === total ? formatNumber(total) : `${formatNumber(current)} / ${formatNumber(total)}`,
  },
  {
    id: 'failed',
    header: 'Failed',
    width: '64px',
    align: 'right',
    cell: ({ failed }) => formatNumber(failed),
  },
  {
    id: 'pnl',
    header: 'Profit and loss',
    width: '140px',
    align: 'right',
    value: ({ current_pnl, kind }) => (kind === 'scan' ? current_pnl : null),
    cell: ({ current_pnl, kind }) => (
      <DirectionText value={kind === 'scan' ? current_pnl : null} format="number" decimals={0} />
    ),
  },
  {
    id: 'took',
    header: 'Took',
    width: '96px',
    align: 'right',
    value: ({ elapsed_time }) => elapsed_time,
    cell: ({ elapsed_time }) => formatDuration(elapsed_time * 1000),
  },
];
