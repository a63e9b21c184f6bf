import type { DataSource, JobStatus } from '@fast-scanner/client';
import { formatNumber } from '../format/format-number.ts';
import { DataSourceBadge } from './data-source-badge.tsx';
import type { DataColumn } from './data-table/data-column.ts';
import { JobStatusBadge } from './job-status-badge.tsx';
import { TimeText } from './time-text.tsx';

/** When a job was asked for. */
export const ASKED_FOR_COLUMN: DataColumn<{ readonly created_at: string }> = {
  id: 'created',
  header: 'Asked for',
  width: 'minmax(164px, 1fr)',
  value: ({ created_at }) => created_at,
  cell: ({ created_at }) => <TimeText value={created_at} />,
};

export const STATUS_COLUMN: DataColumn<{ readonly status: JobStatus }> = {
  id: 'status',
  header: 'Status',
  width: '134px',
  value: ({ status }) => status,
  cell: ({ status }) => <JobStatusBadge status={status} />,
};

export const DATA_COLUMN: DataColumn<{ readonly data_source: DataSource }> = {
  id: 'source',
  header: 'Data',
  width: '160px',
  cell: ({ data_source }) => <DataSourceBadge dataSource={data_source} />,
};

/** "7 / 20" while it goes on, then "20". */
export function formatDone(done: number, total: number): string {
  return done === total ? formatNumber(total) : `${formatNumber(done)} / ${formatNumber(total)}`;
}
