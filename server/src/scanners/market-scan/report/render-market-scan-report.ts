import type { MarketScanResult } from '@fast-scanner/shared';
import { toCurveDays } from './curve-days.ts';
import { html } from './html.ts';
import { type ReportSection, renderContents, renderSection } from './report-section.ts';
import { REPORT_STYLE } from './report-style.ts';
import { createCalendarYears } from './sections/calendar-years.ts';
import { createCaveatSection } from './sections/caveat-section.ts';
import { createConventionSection } from './sections/convention-section.ts';
import { createDistributionSection } from './sections/distribution-section.ts';
import { createDrawdownSection } from './sections/drawdown-section.ts';
import { createEquitySection } from './sections/equity-section.ts';
import { createExtremesSection } from './sections/extremes-section.ts';
import { createFailureSection } from './sections/failure-section.ts';
import { createGlossarySection } from './sections/glossary-section.ts';
import { createKeyFigures } from './sections/key-figures.ts';
import { type ReportedJob, renderHeader, strategyTitle } from './sections/report-header.ts';
import { createSectorSection } from './sections/sector-section.ts';
import { createStatisticsSection } from './sections/statistics-section.ts';
import { createStockSection } from './sections/stock-section.ts';

/**
 * A market scan as one HTML page that needs nothing beside itself: no script, no font, no image, no other file. It may be served
 * under `default-src 'none'; style-src 'unsafe-inline'; img-src data:`, sent by mail, opened from disk and printed.
 *
 * The same result always gives the same page. All texts of the result are escaped.
 */
export function renderMarketScanReport(result: MarketScanResult, job: ReportedJob): string {
  const sections = createSections(result);
  const title = `${strategyTitle(result.strategy)} over ${result.universe.name}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – market scan</title>
${REPORT_STYLE}
</head>
<body>
${renderHeader(result, job)}<main>
${renderContents(sections)}${sections.map(renderSection)}</main>
<footer>Fast Scanner, market scan ${job.job_id}. No investment advice.</footer>
</body>
</html>
`.toString();
}

function createSections(result: MarketScanResult): readonly ReportSection[] {
  const days = toCurveDays(result);
  return [
    createKeyFigures(result),
    createEquitySection(result, days),
    createDrawdownSection(result, days),
    createCalendarYears(result, days),
    createStatisticsSection(result),
    createDistributionSection(result),
    createSectorSection(result),
    createExtremesSection(result),
    createStockSection(result),
    createFailureSection(result),
    createConventionSection(result),
    createCaveatSection(result),
    createGlossarySection(),
  ];
}
