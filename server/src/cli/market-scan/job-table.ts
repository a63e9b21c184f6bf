import type { MarketJob } from '@fast-scanner/shared';
import { formatMinute, formatMoney, formatSeconds, NO_VALUE } from '../format-cells.ts';
import type { Paint } from '../palette.ts';
import { type Column, renderTable, toneOfStatus } from '../render-table.ts';
import { shortIdLength } from '../short-id-length.ts';

const COLUMNS: readonly Column<MarketJob>[] = [
  { title: 'Created', align: 'left', text: ({ created_at }) => formatMinute(created_at) },
  { title: 'Kind', align: 'left', text: ({ kind }) => kind },
  { title: 'Strategy', align: 'left', text: ({ strategy }) => strategy },
  { title: 'Exchange', align: 'left', text: ({ exchange }) => exchange },
  {
    title: 'Status',
    align: 'left',
    text: ({ status, error }) => (error ? `${status}: ${error.code}` : status),
    tone: ({ status }) => toneOfStatus(status),
  },
  { title: 'Done', align: 'right', text: ({ current, total }) => `${current}/${total}` },
  { title: 'Failed', align: 'right', text: ({ failed }) => String(failed) },
  {
    title: 'PnL',
    align: 'right',
    text: ({ kind, current_pnl }) => (kind === 'scan' ? formatMoney(current_pnl) : NO_VALUE),
  },
  { title: 'Took', align: 'right', text: ({ elapsed_time }) => formatSeconds(elapsed_time * 1000) },
  { title: 'Results', align: 'left', text: ({ details_kept }) => (details_kept ? 'kept' : 'swept') },
];

/** Market scans and sweeps in their order, each with as much of its id as tells it from the others. */
export function renderJobs(jobs: readonly MarketJob[], paint: Paint): string {
  const length = shortIdLength(jobs.map(({ job_id }) => job_id));
  const id: Column<MarketJob> = {
    title: 'Job',
    align: 'left',
    text: ({ job_id }) => job_id.slice(0, length),
  };
  return renderTable([id, ...COLUMNS], jobs, paint);
}
