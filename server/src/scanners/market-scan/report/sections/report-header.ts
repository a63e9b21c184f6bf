import type { DataKind, MarketJob, MarketScanResult } from '@fast-scanner/shared';
import { STRATEGIES } from '../../../../analysis/backtest/strategy-registry.ts';
import { formatMinute, formatNumber, NO_VALUE } from '../format-figures.ts';
import { type Html, type HtmlValue, html } from '../html.ts';

/** What the report needs of the job. */
export type ReportedJob = Pick<MarketJob, 'job_id' | 'created_at' | 'completed_at'>;

const DATA_NOTES: Readonly<Record<DataKind, { readonly label: string; readonly note: string }>> = {
  simulated: {
    label: 'Simulated market',
    note: 'The prices are made up. Nothing here says anything about real stocks.',
  },
  recorded: { label: 'Recorded candles', note: 'Real prices of the past, read from files.' },
  live: { label: 'Live market data', note: 'Candles as the exchange served them when the scan ran.' },
};

/** How a strategy is called: its title when it is one of the product's own, else its id in words. */
export function strategyTitle(id: string): string {
  const words = id.replaceAll('_', ' ').trim();
  return (
    STRATEGIES.find((strategy) => strategy.id === id)?.title ??
    words.slice(0, 1).toUpperCase() + words.slice(1)
  );
}

/** What was tested, over what and when, and whether the prices are real. */
export function renderHeader(result: MarketScanResult, job: ReportedJob): Html {
  const { kind } = result.data_source;
  const { label, note } = DATA_NOTES[kind];
  return html`<header>
<p class="eyebrow">Market scan</p>
<h1>${strategyTitle(result.strategy)}</h1>
<p class="parameters"><code>${result.strategy}</code>${renderParameters(result.parameters)}</p>
<p class="data ${kind}"><strong>${label}</strong> ${note}</p>
<dl class="facts">${factsOf(result, job).map(([term, fact]) => html`<div><dt>${term}</dt><dd>${fact}</dd></div>\n`)}</dl>
</header>
`;
}

function renderParameters(parameters: MarketScanResult['parameters']): HtmlValue {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return html` <span>without parameters</span>`;
  return entries.map(([name, value]) => html` <span>${name}\u00a0=\u00a0${value}</span>`);
}

function factsOf(
  result: MarketScanResult,
  { job_id, created_at, completed_at }: ReportedJob,
): readonly (readonly [string, HtmlValue])[] {
  const { universe, interval, exchange } = result;
  const { date } = result.portfolio.curve;
  const [first, last] = [date.at(0), date.at(-1)];
  const listed = universe.as_of === null ? null : [', as of ', renderDay(universe.as_of)];
  return [
    ['Universe', [universe.name, listed]],
    ['Stocks', `${formatNumber(result.successful, 0)} tested, ${formatNumber(result.failed, 0)} failed`],
    [
      'Period',
      first === undefined || last === undefined ? NO_VALUE : [renderDay(first), ' to ', renderDay(last)],
    ],
    ['Candles', `${interval} from ${exchange}`],
    ['Started', renderMinute(created_at)],
    ['Completed', completed_at === null ? NO_VALUE : renderMinute(completed_at)],
    ['Time of work', `${result.total_time.toFixed(result.total_time < 10 ? 2 : 0)} s`],
    ['Scan', html`<code>${job_id}</code>`],
  ];
}

function renderDay(date: string): Html {
  return html`<time>${date}</time>`;
}

function renderMinute(isoTime: string): Html {
  return html`<time datetime="${isoTime}">${formatMinute(isoTime)}</time>`;
}
