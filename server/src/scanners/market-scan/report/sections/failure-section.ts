import type { MarketScanResult } from '@fast-scanner/shared';
import { renderTable } from '../data-table.ts';
import { formatCount } from '../format-figures.ts';
import { html } from '../html.ts';
import type { ReportSection } from '../report-section.ts';

/** Every stock that could not be tested, and why. */
export function createFailureSection({ failures, total_stocks }: MarketScanResult): ReportSection {
  const title = 'Failures';
  if (failures.length === 0) {
    const body = html`<p>None: every stock of the universe was tested.</p>`;
    return { id: 'failures', title, body };
  }
  const table = renderTable({
    caption: 'Stocks that could not be tested',
    columns: [
      { label: 'Ticker', cell: ({ ticker }) => ticker },
      { label: 'Reason', cell: ({ error }) => error, kind: 'text' },
      { label: 'Code', cell: ({ code }) => html`<code>${code}</code>`, kind: 'text' },
    ],
    items: failures,
    className: 'wrapping',
  });
  const share = `${failures.length} of ${formatCount(total_stocks, 'stock')} could not be tested and are part of no number above.`;
  return { id: 'failures', title, body: html`<p>${share}</p>${table}` };
}
