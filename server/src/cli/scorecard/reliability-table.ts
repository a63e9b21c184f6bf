import type { ScorecardBin } from '@fast-scanner/shared';
import { formatShare } from '../format-cells.ts';
import type { Paint } from '../palette.ts';
import { type Column, renderTable } from '../render-table.ts';
import { intervalBar } from './interval-bar.ts';

const COLUMNS: readonly Column<ScorecardBin>[] = [
  { title: 'Predicted', align: 'left', text: ({ from, to }) => `${percent(from)} to ${percent(to)} %` },
  { title: 'Predictions', align: 'right', text: ({ n }) => n.toLocaleString('en-US') },
  { title: 'Mean', align: 'right', text: ({ mean_probability }) => formatShare(mean_probability) },
  { title: 'Rose', align: 'right', text: ({ share_up }) => formatShare(share_up) },
  {
    title: '0 %      50 %     100 %',
    align: 'left',
    text: ({ share_up, interval }) => intervalBar(share_up, interval),
  },
];

/** How often the price rose at about the same predicted probability. Bins without a prediction are left out. */
export function renderReliability(bins: readonly ScorecardBin[], paint: Paint): string {
  return renderTable(
    COLUMNS,
    bins.filter(({ n }) => n > 0),
    paint,
  );
}

function percent(ratio: number): string {
  return (100 * ratio).toFixed(0);
}
