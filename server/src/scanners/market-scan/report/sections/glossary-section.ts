import { FIGURES, labelWithUnit } from '../figures.ts';
import { type Html, html } from '../html.ts';
import type { ReportSection } from '../report-section.ts';

interface Term {
  readonly label: string;
  readonly meaning: string;
  readonly formula: string | null;
}

const OF_STOCKS: readonly Term[] = [
  {
    label: 'PnL [money]',
    meaning: 'Profit or loss of a stock after costs; the total is the sum of all stocks.',
    formula: 'equity at the end − equity at the start',
  },
  {
    label: 'Buy & hold [%]',
    meaning: 'What holding the stock would have made from the end of the warm-up on, without costs.',
    formula: '100 · (last close / first close − 1)',
  },
  {
    label: 'Mean and median return [%]',
    meaning: 'Of the returns of single stocks, each counted once.',
    formula: null,
  },
  {
    label: 'Profitable [%]',
    meaning: 'Share of the stocks whose profit after costs is above zero.',
    formula: '100 · profitable stocks / stocks',
  },
];

/** How every number is computed. */
export function createGlossarySection(): ReportSection {
  const ofCurves = FIGURES.map((figure) => ({ ...figure, label: labelWithUnit(figure) }));
  const body = html`<p class="prose">Statistics of the portfolio come from the summed equity of all stocks, day by day, never from the mean of the stocks’ own; those of trades from all trades together. Below, <i>r</i> are the returns from one day to the next (from week to week for weekly candles), <i>m</i> their mean, <i>s</i> their standard deviation with N − 1, <i>k</i> the returns in a year (252 for stocks, 365 for coins, 52 for weekly candles), <i>R</i> the returns of the trades after costs, <i>n</i> their number. Below 10 trades there are no ratios, rates and averages of trades: they would say nothing.</p>
<dl class="glossary">${[...ofCurves, ...OF_STOCKS].map(renderTerm)}</dl>`;
  return { id: 'glossary', title: 'How the numbers are computed', body };
}

function renderTerm({ label, meaning, formula }: Term): Html {
  return html`<div><dt>${label}</dt><dd>${meaning}${formula === null ? null : html` <code>${formula}</code>`}</dd></div>
`;
}
