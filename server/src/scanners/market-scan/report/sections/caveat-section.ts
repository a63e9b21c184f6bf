import type { MarketScanResult } from '@fast-scanner/shared';
import { html } from '../html.ts';
import type { ReportSection } from '../report-section.ts';

const OF_EVERY_BACKTEST =
  'A backtest says what rules would have made of prices that are known today. It is no promise: the best of many strategies tried on the same past looks good by luck alone.';

/** What a reader must know before believing the result. */
export function createCaveatSection({ caveats }: MarketScanResult): ReportSection {
  const items = [...caveats, OF_EVERY_BACKTEST].map((caveat) => html`<li>${caveat}</li>\n`);
  return { id: 'caveats', title: 'Caveats', body: html`<ul class="prose caveats">${items}</ul>` };
}
