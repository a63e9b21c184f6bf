import type { MarketScanResult } from '@fast-scanner/shared';
import type { CurveDays } from '../curve-days.ts';
import { renderTable } from '../data-table.ts';
import { html } from '../html.ts';
import { renderChange } from '../render-change.ts';
import { NO_STOCKS, type ReportSection } from '../report-section.ts';

/** What a calendar year made. */
export interface YearReturn {
  readonly year: string;
  readonly strategyPct: number;
  readonly benchmarkPct: number;
}

/** The return of each calendar year: from the last day of the year before, or the start, to its last day. */
export function computeYearReturns(
  { dates, equity, benchmark }: CurveDays,
  start: Readonly<Record<'equity' | 'benchmark', number>>,
): readonly YearReturn[] {
  const years: YearReturn[] = [];
  let before = start;
  dates.forEach((date, index) => {
    const year = date.slice(0, 4);
    if (dates[index + 1]?.startsWith(year)) return;
    const end = { equity: equity[index] ?? before.equity, benchmark: benchmark[index] ?? before.benchmark };
    years.push({
      year,
      strategyPct: 100 * (end.equity / before.equity - 1),
      benchmarkPct: 100 * (end.benchmark / before.benchmark - 1),
    });
    before = end;
  });
  return years;
}

/** When it was made: whether the result rests on a single good year. */
export function createCalendarYears(
  { portfolio, benchmark }: MarketScanResult,
  days: CurveDays,
): ReportSection {
  const start = { equity: portfolio.start_equity, benchmark: benchmark.start_equity };
  const years = computeYearReturns(days, start);
  const table = renderTable({
    caption: 'Returns by calendar year',
    columns: [
      { label: 'Year', cell: ({ year }) => year },
      { label: 'Strategy [%]', cell: ({ strategyPct }) => renderChange(strategyPct) },
      { label: 'Benchmark [%]', cell: ({ benchmarkPct }) => renderChange(benchmarkPct) },
      {
        label: 'Difference [pp]',
        cell: ({ strategyPct, benchmarkPct }) => renderChange(strategyPct - benchmarkPct),
      },
    ],
    items: years,
    className: 'narrow',
  });
  const [first, last] = [days.dates.at(0), days.dates.at(-1)];
  const body = years.length === 0 ? NO_STOCKS : table;
  const part = html`<p class="note">The first year begins on ${first ?? ''}, the last one ends on ${last ?? ''}. The difference is in percentage points.</p>`;
  return { id: 'years', title: 'Calendar years', body: html`${body}${years.length === 0 ? null : part}` };
}
