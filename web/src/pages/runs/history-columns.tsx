import type { RunSummary } from '@fast-scanner/client';
import { Checkbox } from '@mantine/core';
import { DataSourceBadge } from '../../components/data-source-badge.tsx';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { JobStatusBadge } from '../../components/job-status-badge.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { capitalize } from '../../format/capitalize.ts';
import { formatDuration } from '../../format/format-duration.ts';
import { formatNumber } from '../../format/format-number.ts';
import { runDuration } from './run-duration.ts';

type HistoryColumns = readonly DataColumn<RunSummary>[];

/** The columns of the history; the first chooses what is compared. */
export function toHistoryColumns(
  compared: readonly string[],
  onCompare: (runId: string) => void,
): HistoryColumns {
  return [choice(compared, onCompare), ...IDENTITY, ...OUTCOME];
}

function choice(compared: readonly string[], onCompare: (runId: string) => void): DataColumn<RunSummary> {
  return {
    id: 'compare',
    header: 'Compare',
    width: '84px',
    align: 'center',
    cell: (run) => (
      <Checkbox
        size="xs"
        display="inline-flex"
        aria-label={`Compare the ${run.mode} run of ${run.created_at}`}
        title={whyNotCompared(run) ?? 'Choose two to compare'}
        checked={compared.includes(run.run_id)}
        disabled={whyNotCompared(run) !== null}
        onChange={() => onCompare(run.run_id)}
        onClick={(event) => event.stopPropagation()}
      />
    ),
  };
}

function whyNotCompared({ details_kept, completed_at }: RunSummary): string | null {
  if (completed_at === null) return 'It has not ended yet';
  return details_kept ? null : 'Only its summary is left';
}

const IDENTITY: HistoryColumns = [
  {
    id: 'created',
    header: 'Asked for',
    width: 'minmax(164px, 1fr)',
    value: ({ created_at }) => created_at,
    cell: ({ created_at }) => <TimeText value={created_at} />,
  },
  {
    id: 'mode',
    header: 'Mode',
    width: '84px',
    value: ({ mode }) => mode,
    cell: ({ mode }) => capitalize(mode),
  },
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
    width: '164px',
    cell: ({ data_source }) => <DataSourceBadge dataSource={data_source} />,
  },
];

const OUTCOME: HistoryColumns = [
  {
    id: 'symbols',
    header: 'Symbols',
    width: '84px',
    align: 'right',
    cell: ({ progress, total }) =>
      progress === total ? formatNumber(total) : `${formatNumber(progress)} / ${formatNumber(total)}`,
  },
  {
    id: 'signals',
    header: 'Signals',
    width: '92px',
    align: 'right',
    value: ({ signals }) => signals,
    cell: ({ signals }) => <b>{formatNumber(signals)}</b>,
  },
  {
    id: 'rejected',
    header: 'Rejected',
    width: '80px',
    align: 'right',
    cell: ({ rejected }) => formatNumber(rejected),
  },
  {
    id: 'failed',
    header: 'Failed',
    width: '64px',
    align: 'right',
    minTableWidth: 1000,
    cell: ({ failed }) => formatNumber(failed),
  },
  {
    id: 'took',
    header: 'Took',
    width: '100px',
    align: 'right',
    value: runDuration,
    cell: (run) => formatDuration(runDuration(run)),
  },
];
