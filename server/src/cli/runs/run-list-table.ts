import type { RunSummary } from '@fast-scanner/shared';
import { formatMinute, formatSeconds, NO_VALUE } from '../format-cells.ts';
import type { Paint } from '../palette.ts';
import { type Column, renderTable, toneOfStatus } from '../render-table.ts';
import { shortIdLength } from '../short-id-length.ts';

const COLUMNS: readonly Column<RunSummary>[] = [
  { title: 'Created', align: 'left', text: ({ created_at }) => formatMinute(created_at) },
  { title: 'Mode', align: 'left', text: ({ mode }) => mode },
  { title: 'Exchange', align: 'left', text: ({ exchange }) => exchange },
  {
    title: 'Status',
    align: 'left',
    text: ({ status, error }) => (error ? `${status}: ${error.code}` : status),
    tone: ({ status }) => toneOfStatus(status),
  },
  { title: 'Done', align: 'right', text: ({ progress, total }) => `${progress}/${total}` },
  { title: 'Signals', align: 'right', text: ({ signals }) => String(signals) },
  { title: 'Rejected', align: 'right', text: ({ rejected }) => String(rejected) },
  { title: 'Failed', align: 'right', text: ({ failed }) => String(failed) },
  { title: 'Took', align: 'right', text: formatDuration },
  { title: 'Findings', align: 'left', text: ({ details_kept }) => (details_kept ? 'kept' : 'swept') },
];

/** Runs in their order, each with as much of its id as tells it from the others. */
export function renderRuns(runs: readonly RunSummary[], paint: Paint): string {
  const length = shortIdLength(runs.map(({ run_id }) => run_id));
  const id: Column<RunSummary> = {
    title: 'Run',
    align: 'left',
    text: ({ run_id }) => run_id.slice(0, length),
  };
  return renderTable([id, ...COLUMNS], runs, paint);
}

function formatDuration({ started_at, completed_at }: RunSummary): string {
  if (started_at === null || completed_at === null) return NO_VALUE;
  return formatSeconds(Date.parse(completed_at) - Date.parse(started_at));
}
