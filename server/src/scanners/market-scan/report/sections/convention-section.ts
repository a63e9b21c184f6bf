import type { MarketScanResult } from '@fast-scanner/shared';
import { formatNumber, formatRate } from '../format-figures.ts';
import { html } from '../html.ts';
import type { ReportSection } from '../report-section.ts';

type Conventions = MarketScanResult['conventions'];

const DIRECTIONS: Readonly<Record<Conventions['direction'], string>> = {
  long: 'Long only: an order to sell closes a position and opens none.',
  short: 'Short only: an order to buy closes a position and opens none.',
  both: 'Long and short: an order for the other side closes the position and opens the opposite one.',
};

const UNITS: Readonly<Record<Conventions['units'], string>> = {
  whole: 'Whole units: cash that does not pay for another one stays idle.',
  fractional: 'Fractions of a unit can be bought.',
};

/** How the backtests trade, in words. */
export function createConventionSection({ conventions, benchmark }: MarketScanResult): ReportSection {
  const { cash, commission, slippage, direction, units, last_trade } = conventions;
  const rules = [
    `Each stock is tested on its own with ${formatNumber(cash)} at the start. The portfolio is the sum of all: before its first day a stock is its cash, after its last day its last equity.`,
    'What a strategy says at the close of a candle is filled at the open of the next one.',
    commission === 0
      ? 'There is no commission.'
      : `Commission: ${formatRate(commission)} % of the value of every fill, at entry and at exit.`,
    slippage === 0
      ? 'There is no slippage.'
      : `Slippage: every fill is ${formatRate(slippage)} % worse than the price seen; targets have none.`,
    'When stop and target lie within one candle, the stop counts; a gap through a stop is filled at the open.',
    DIRECTIONS[direction],
    UNITS[units],
    `A position that is still open at the end is closed at the last candle’s ${last_trade} and counted.`,
    `The benchmark is ${benchmark.name}, without costs.`,
    'Money is in the currency of the prices. Days are UTC.',
  ];
  return {
    id: 'conventions',
    title: 'Conventions',
    body: html`<ul class="prose">${rules.map((rule) => html`<li>${rule}</li>\n`)}</ul>`,
  };
}
