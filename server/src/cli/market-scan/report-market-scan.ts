import type { CurveStatistics, MarketScanResult } from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
import { DATA_LABELS } from '../data-labels.ts';
import {
  formatChange,
  formatCount,
  formatMoney,
  formatNumber,
  formatPercent,
  formatSeconds,
  formatShare,
} from '../format-cells.ts';
import { createPaint, type Paint } from '../palette.ts';
import { printJson } from '../print-json.ts';
import { renderTable } from '../render-table.ts';
import { renderCaveats, renderFailures } from './reservations.ts';
import { renderSectors } from './sector-table.ts';
import { renderStocks } from './stock-table.ts';

/** With no more stocks than this all are listed instead of the best and the worst. */
const FEW_STOCKS = 20;

/** Prints what a market scan came to. */
export function printScan(
  result: MarketScanResult,
  { json }: { readonly json?: boolean },
  context: CliContext,
): void {
  const { stdout } = context;
  if (json) {
    printJson(stdout, result);
    return;
  }
  const paint = createPaint(context);
  stdout.write(`\n${describeScan(result)}\n`);
  if (result.successful > 0) {
    stdout.write(`\n${renderComparison(result, paint)}${describeStocks(result)}\n`);
    stdout.write(`${renderExtremes(result, paint)}${renderSectors(result.macro_statistics, paint)}`);
  }
  stdout.write(`${renderFailures(result.failures)}${renderCaveats(result.caveats)}`);
}

function describeScan(result: MarketScanResult): string {
  const { strategy, parameters, universe, exchange, data_source, interval, conventions } = result;
  const values = Object.entries(parameters).map(([name, value]) => ` ${name}=${value}`);
  const days = result.stock_results.flatMap(({ first_date, last_date }) => [first_date, last_date]).sort();
  const { cash, commission, slippage, direction, units, last_trade } = conventions;
  const listed = universe.as_of === null ? '' : ` (as of ${universe.as_of})`;
  return [
    `${strategy}${values.join('')} over ${universe.name}${listed}`,
    [
      `${exchange}: ${DATA_LABELS[data_source.kind]}`,
      `${interval} candles${days.length === 0 ? '' : ` from ${days[0]} to ${days.at(-1)}`}`,
      `${result.successful} of ${formatCount(result.total_stocks, 'stock')}`,
      formatSeconds(result.total_time * 1000),
    ].join(' · '),
    [
      `${formatMoney(cash)} a stock`,
      `commission ${formatRate(commission)}`,
      `slippage ${formatRate(slippage)}`,
      direction === 'both' ? 'long and short' : `${direction} only`,
      `${units} units`,
      `closed at the last ${last_trade}`,
    ].join(' · '),
  ].join('\n');
}

/** As short as it can be said: `0.05 %`. */
function formatRate(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(6))} %`;
}

interface Figure {
  readonly name: string;
  readonly text: (statistics: CurveStatistics) => string;
}

const FIGURES: readonly Figure[] = [
  { name: 'Final value', text: ({ final_equity }) => formatMoney(final_equity) },
  { name: 'Return', text: ({ return_pct }) => formatChange(return_pct) },
  { name: 'CAGR', text: ({ cagr_pct }) => formatChange(cagr_pct) },
  { name: 'Volatility', text: ({ annual_volatility_pct }) => formatPercent(annual_volatility_pct) },
  { name: 'Sharpe', text: ({ sharpe_ratio }) => formatNumber(sharpe_ratio, 2) },
  { name: 'Sortino', text: ({ sortino_ratio }) => formatNumber(sortino_ratio, 2) },
  { name: 'Max drawdown', text: ({ max_drawdown }) => formatShare(max_drawdown) },
];

/** All stocks as one account, beside what the strategy is compared with. */
function renderComparison({ portfolio, benchmark }: MarketScanResult, paint: Paint): string {
  const table = renderTable<Figure>(
    [
      { title: 'Portfolio', align: 'left', text: ({ name }) => name },
      { title: 'Strategy', align: 'right', text: ({ text }) => text(portfolio) },
      { title: 'Benchmark', align: 'right', text: ({ text }) => text(benchmark) },
    ],
    FIGURES,
    paint,
  );
  return `${table}Benchmark: ${benchmark.name}.\n`;
}

function describeStocks({ macro_statistics, total_pnl, portfolio }: MarketScanResult): string {
  const { stocks, profitable_stocks, losing_stocks, neutral_stocks, profitability_rate, return_pct } =
    macro_statistics;
  return [
    `Of ${formatCount(stocks, 'stock')} ${profitable_stocks} made a profit (${formatPercent(profitability_rate)}), ` +
      `${losing_stocks} a loss, ${neutral_stocks} neither; total PnL ${formatMoney(total_pnl)}.`,
    `Return of a stock: ${formatChange(return_pct?.avg ?? null)} on average, ${formatChange(return_pct?.median ?? null)} median. ` +
      `${formatCount(portfolio.total_trades, 'trade')}, ${formatPercent(portfolio.win_rate)} of them won.`,
  ].join('\n');
}

function renderExtremes({ stock_results, best, worst }: MarketScanResult, paint: Paint): string {
  if (stock_results.length <= FEW_STOCKS) return renderStocks('Stocks', stock_results, paint);
  return `${renderStocks(`Best ${best.length}`, best, paint)}${renderStocks(`Worst ${worst.length}`, worst, paint)}`;
}
