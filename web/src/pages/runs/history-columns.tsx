import type { RunSummary } from '@fast-scanner/client';
import { Checkbox } from '@mantine/core';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { numberColumn } from '../../components/data-table/number-column.ts';
import { ASKED_FOR_COLUMN, DATA_COLUMN, formatDone, STATUS_COLUMN } from '../../components/job-columns.tsx';
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
  return [choice(compared, onCompare), ...COLUMNS];
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

const COLUMNS: HistoryColumns = [
  ASKED_FOR_COLUMN,
  {
    id: 'mode',
    header: 'Mode',
    width: '104px',
    value: ({ mode }) => mode,
    cell: ({ mode }) => capitalize(mode),
  },
  STATUS_COLUMN,
  DATA_COLUMN,
  {
    id: 'symbols',
    header: 'Symbols',
    width: '84px',
    align: 'right',
    cell: ({ progress, total }) => formatDone(progress, total),
  },
  numberColumn({
    id: 'signals',
    header: 'Signals',
    width: '92px',
    value: ({ signals }) => signals,
    show: (signals) => <b>{formatNumber(signals)}</b>,
  }),
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
  numberColumn({ id: 'took', header: 'Took', width: '92px', value: runDuration, show: formatDuration }),
];
