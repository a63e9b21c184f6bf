import assert from 'node:assert/strict';
import {
  computeMacroStatistics,
  type StockOutcome,
} from '@fast-scanner/server/analysis/backtest/macro-statistics.ts';
import { assertClose } from '../support/assert-close.ts';

function outcome(
  sector: string | null,
  pnl: number,
  [trades, wins]: readonly [number, number],
): StockOutcome {
  return { sector, pnl, returnPct: pnl / 100, tradeCount: trades, winningTrades: wins };
}

describe('macro statistics', () => {
  const outcomes = [
    outcome('Technology', 300, [4, 3]),
    outcome('Energy', -100, [2, 0]),
    outcome('Technology', 0, [0, 0]),
    outcome(null, 1_000, [4, 2]),
  ];

  it('say how profit and return are spread over the stocks', () => {
    const { pnl, returnPct } = computeMacroStatistics(outcomes);
    assert.deepEqual([pnl?.average, pnl?.median, pnl?.min, pnl?.max], [300, 150, -100, 1_000]);
    assertClose(pnl?.standardDeviation ?? null, Math.sqrt((400 ** 2 + 300 ** 2 + 700 ** 2) / 3), 1e-9);
    assertClose(returnPct?.average ?? null, 3, 1e-12);
    assert.equal(computeMacroStatistics(outcomes.slice(0, 3)).pnl?.median, 0);
  });

  it('count the stocks that won, lost and did neither, and their trades', () => {
    const macro = computeMacroStatistics(outcomes);
    assert.deepEqual(
      [macro.stocks, macro.profitableStocks, macro.losingStocks, macro.neutralStocks],
      [4, 2, 1, 1],
    );
    assert.deepEqual(
      [macro.profitabilityRatePct, macro.averageTradesPerStock, macro.winRatePct],
      [50, 2.5, 50],
    );
  });

  it('say the same of each sector, in alphabetical order', () => {
    const { bySector } = computeMacroStatistics(outcomes);
    assert.deepEqual(Object.keys(bySector), ['Energy', 'Technology', 'Unknown']);
    assert.deepEqual([bySector['Technology']?.stocks, bySector['Technology']?.pnl?.average], [2, 150]);
    assert.equal(bySector['Energy']?.pnl?.standardDeviation, null);
    assert.equal(bySector['Energy']?.winRatePct, 0);
  });

  it('have nothing to say of no stocks and no trades', () => {
    assert.deepEqual(computeMacroStatistics([]), {
      stocks: 0,
      pnl: null,
      returnPct: null,
      profitableStocks: 0,
      losingStocks: 0,
      neutralStocks: 0,
      profitabilityRatePct: null,
      averageTradesPerStock: null,
      winRatePct: null,
      bySector: {},
    });
    assert.equal(computeMacroStatistics([outcome('Energy', 0, [0, 0])]).winRatePct, null);
  });
});
