import type { CurveStatistics, MarketScanResult } from '@fast-scanner/shared';
import { renderTable } from '../data-table.ts';
import { FIGURES, type Figure, labelWithUnit, reasonOf } from '../figures.ts';
import { NO_VALUE } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import type { ReportSection } from '../report-section.ts';

/** Every statistic of the portfolio and of the benchmark. */
export function createStatisticsSection({ portfolio, benchmark }: MarketScanResult): ReportSection {
  const table = renderTable({
    caption: 'Statistics of the portfolio and of the benchmark',
    columns: [
      { label: 'Statistic', cell: labelWithUnit },
      { label: 'Strategy', cell: (figure) => renderStatistic(figure, portfolio) },
      { label: 'Benchmark', cell: (figure) => renderStatistic(figure, benchmark) },
    ],
    items: FIGURES,
    className: 'narrow',
  });
  return { id: 'statistics', title: 'Statistics', body: table };
}

function renderStatistic({ name, format }: Figure, statistics: CurveStatistics): Html {
  const value = statistics[name];
  if (value !== null) return html`${format(value)}`;
  return html`${NO_VALUE} <small class="reason">${reasonOf(statistics, name)}</small>`;
}
