/*
 * Candles a second of a whole backtest (signals, fills with costs, trades, equity) on one thread: ours, a bare loop that computes the
 * indicator alone, and other packages, which do less: see `backtest-peers.ts`.
 *   npm run bench -- backtest [--quick] [--grademark=<folder with grademark, data-forge and chai installed; by default they are
 *   installed in node_modules/.bench-peers>]
 */
import { parseArgs } from 'node:util';
import { computeBacktestStatistics } from '@fast-scanner/server/analysis/backtest/backtest-statistics.ts';
import {
  backtestStrategy,
  type StrategyChoice,
} from '@fast-scanner/server/analysis/backtest/backtest-strategy.ts';
import { defaultParameters } from '@fast-scanner/server/analysis/backtest/parse-parameters.ts';
import { findStrategy } from '@fast-scanner/server/analysis/backtest/strategy-registry.ts';
import { type CandleColumns, sliceColumns } from '@fast-scanner/shared';
import { indicatortsPeer, loadGrademark, type Peer, type PeerStrategy } from './support/backtest-peers.ts';
import { bareBollinger, bareSma } from './support/bare-indicators.ts';
import { walkColumns } from './support/bench-candles.ts';
import { type Contender, measureInterleaved } from './support/measure.ts';
import { readStockPanel } from './support/stock-panel.ts';
import { printTable } from './support/table.ts';

const GOAL_MILLIONS = 30;
const SYNTHETIC_STOCKS = 500;
const CANDLES_EACH = 1_259;
/** The slow peer gets fewer stocks, so that a round stays short. */
const GRADEMARK_STOCKS = 50;

interface Dataset {
  readonly name: string;
  readonly stocks: readonly CandleColumns[];
}

interface Subject {
  readonly name: string;
  readonly choice: StrategyChoice;
  readonly bare: (close: Float64Array) => unknown;
  readonly peer: PeerStrategy;
}

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, grademark: { type: 'string' } },
});
const plan = values.quick ? { rounds: 3, warmupRounds: 1 } : { rounds: 15, warmupRounds: 3 };
const grademark = values.grademark === undefined ? null : loadGrademark(values.grademark);

const SUBJECTS: readonly Subject[] = [
  {
    name: 'Bollinger 20/2',
    choice: choose('bollinger_bands_strategy'),
    bare: (close) => bareBollinger(close, 20, 2),
    peer: 'bollinger',
  },
  {
    name: 'SMA cross 10/30',
    choice: choose('sma_cross'),
    bare: (close) => [bareSma(close, 10), bareSma(close, 30)],
    peer: 'sma',
  },
];

function choose(id: string): StrategyChoice {
  const strategy = findStrategy(id);
  return { strategy, parameters: defaultParameters(strategy) };
}

function syntheticStocks(): Dataset {
  const all = walkColumns(SYNTHETIC_STOCKS * CANDLES_EACH);
  const stocks = Array.from({ length: SYNTHETIC_STOCKS }, (_, index) =>
    sliceColumns(all, index * CANDLES_EACH, (index + 1) * CANDLES_EACH),
  );
  return { name: `${SYNTHETIC_STOCKS} random walks of ${CANDLES_EACH} candles`, stocks };
}

function contenders({ stocks }: Dataset, { choice, bare, peer }: Subject): Contender[] {
  const units = countCandles(stocks);
  const lookback = choice.strategy.lookback(choice.parameters);
  const each = (run: (candles: CandleColumns) => unknown) => () => {
    for (const candles of stocks) run(candles);
  };
  return [
    { name: 'backtest', units, run: each((candles) => backtestStrategy(candles, choice)) },
    {
      name: 'with statistics',
      units,
      run: each((candles) =>
        computeBacktestStatistics(candles, backtestStrategy(candles, choice), { lookback }),
      ),
    },
    { name: 'bare indicator', units, run: each(({ close }) => bare(close)) },
    peerContender('indicatorts', indicatortsPeer, { stocks, peer }),
    ...(grademark
      ? [peerContender('grademark', grademark, { stocks: stocks.slice(0, GRADEMARK_STOCKS), peer })]
      : []),
  ];
}

function peerContender(
  name: string,
  prepare: Peer,
  { stocks, peer }: { readonly stocks: readonly CandleColumns[]; readonly peer: PeerStrategy },
): Contender {
  const runs = stocks.map((candles) => prepare(candles, peer));
  const runAll = () => {
    for (const run of runs) run();
  };
  return { name, units: countCandles(stocks), run: runAll };
}

function countCandles(stocks: readonly CandleColumns[]): number {
  return stocks.reduce((sum, { close }) => sum + close.length, 0);
}

async function report(dataset: Dataset): Promise<void> {
  const rows: string[][] = [];
  let names: readonly string[] = [];
  for (const subject of SUBJECTS) {
    const measured = await measureInterleaved(contenders(dataset, subject), plan);
    names = measured.map(({ name }) => name);
    const ours = measured[0]?.nsPerUnit ?? Number.NaN;
    const cells = measured.map(({ nsPerUnit }, index) => {
      const speed = `${(1_000 / nsPerUnit).toFixed(nsPerUnit < 1_000 ? 1 : 3)} M`;
      return index === 0 ? speed : `${speed} (${(nsPerUnit / ours).toFixed(2)} ×)`;
    });
    rows.push([subject.name, ...cells]);
  }
  printTable(
    `${dataset.name}: candles a second (in brackets: time, as a multiple of our backtest's); goal ≥ ${GOAL_MILLIONS} M`,
    ['strategy', ...names],
    rows,
  );
}

await report(syntheticStocks());
const panel = readStockPanel();
if (panel)
  await report({ name: `S&P 500, ${panel.length} stocks, ${countCandles(panel)} candles`, stocks: panel });
else console.log('S&P 500: skipped: no recorded data');
