import type { MarketJob } from '@fast-scanner/client';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { numberColumn } from '../../components/data-table/number-column.ts';
import { ASKED_FOR_COLUMN, DATA_COLUMN, formatDone, STATUS_COLUMN } from '../../components/job-columns.tsx';
import { formatDuration } from '../../format/format-duration.ts';
import { formatNumber } from '../../format/format-number.ts';
import { pnlColumn } from './result-columns.tsx';

type JobColumns = readonly DataColumn<MarketJob>[];

/** The columns of the history. */
export function toJobColumns(titleOf: (strategy: string) => string): JobColumns {
  return [
    ASKED_FOR_COLUMN,
    {
      id: 'strategy',
      header: 'Strategy',
      width: 'minmax(130px, 1fr)',
      value: ({ strategy }) => titleOf(strategy),
      cell: ({ strategy, kind }) => (kind === 'sweep' ? `${titleOf(strategy)}, sweep` : titleOf(strategy)),
    },
    STATUS_COLUMN,
    DATA_COLUMN,
    ...OUTCOME,
  ];
}

const OUTCOME: JobColumns = [
  {
    id: 'stocks',
    header: 'Stocks',
    width: '100px',
    align: 'right',
    cell: ({ current, total }) => formatDone(current, total),
  },
  {
    id: 'failed',
    header: 'Failed',
    width: '64px',
    align: 'right',
    cell: ({ failed }) => formatNumber(failed),
  },
  pnlColumn(({ current_pnl, kind }) => (kind === 'scan' ? current_pnl : null)),
  numberColumn({
    id: 'took',
    header: 'Took',
    width: '96px',
    value: ({ elapsed_time }) => elapsed_time * 1000,
    show: formatDuration,
  }),
];
