import assert from 'node:assert/strict';
import { join } from 'node:path';
import { renderScorecard } from '@fast-scanner/server/cli/scorecard/render-scorecard.ts';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import { candleOpenTime, scorecardResponseSchema } from '@fast-scanner/shared';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { CLOSE, HOUR } from '../analysis/outcomes/judged.ts';
import { rowsOf, scorecardOf } from '../analysis/outcomes/scored.ts';
import { pendingSignal } from '../scanners/outcomes/labelled-world.ts';
import { runCommand } from './run-command.ts';

const plain = (_: string, text: string) => text;

describe('fast-scanner scorecard', () => {
  const folder = temporaryFolder();
  const env = () => ({ PORT: '0', DATA_DIR: join(folder.path, 'data') });

  before(async () => {
    const store = await openSqliteStore({ dataDir: env().DATA_DIR, clock: systemClock });
    const newest = candleOpenTime(systemClock.now(), '1h') - 5 * HOUR;
    const putSignals = Array.from({ length: 40 }, (_, index) =>
      pendingSignal({
        exchange: 'demo',
        candleCloseTime: newest - 4 * index * HOUR,
        regime: index % 2 === 0 ? 'bull' : 'bear',
      }),
    );
    await store.commit({ putSignals });
    await store.close();
  });

  it('finds the outcomes that are due, without a server, and prints the groups and the verdict', async () => {
    const { exitCode, out, err } = await runCommand(['scorecard', '--by', 'regime'], { env: env() });
    assert.equal(exitCode, 0, err);
    assert.match(
      out,
      /^\nsimulated market · candles closed from .* UTC to .* UTC · costs of a trade 0\.3 %\n/,
    );
    assert.match(out, /Regime .*Settled .*Trades .*Apart .*Hits .*95 % .*Net/);
    assert.match(out, / all +│ +40 │ +40 │ +40 │ +\d+\.\d %/);
    assert.match(out, / bull +│ +20 │ +20 │.*│ not enough data \(20 of 30\) │/);
    assert.match(out, /\n\d+\.\d % of 40 trades ended above zero after costs of 0\.3 %/);
    assert.match(out, /\nAll of it is simulated data, which say nothing about a real market\.\n$/);
  });

  it('prints the document with --json, of what is filtered', async () => {
    const args = ['scorecard', '--regime', 'bear', '--symbol', 'btc/usdt', '--from', '2020-01-01', '--json'];
    const { exitCode, out } = await runCommand(args, { env: env() });
    assert.equal(exitCode, 0);
    const { overall, filters } = scorecardResponseSchema.parse(JSON.parse(out));
    assert.equal(overall.n, 20);
    assert.deepEqual(filters, { regime: 'bear', symbol: 'BTC/USDT', from: '2020-01-01' });
  });

  it('says which option is wrong', async () => {
    for (const [args, message] of [
      [['--by', 'mood'], /--by <dimension>.*Allowed choices are type, mode, regime/],
      [['--from', 'yesterday'], /--from <day>.*must be a day such as/],
      [['--from', '2026-02-01', '--to', '2026-01-01'], /--from 2026-02-01 must lie before --to 2026-01-01/],
      [['--symbol', 'not a symbol'], /--symbol/],
    ] as const) {
      const { exitCode, err } = await runCommand(['scorecard', ...args], { env: env() });
      assert.equal(exitCode, 2, err);
      assert.match(err, message);
    }
  });
});

describe('the scorecard on the terminal', () => {
  it('shows each share within its interval, and what was predicted and observed', () => {
    const scorecard = scorecardOf(
      rowsOf(400, (index) => ({
        candleCloseTime: CLOSE + 4 * index * HOUR,
        signalType: index % 2 === 0 ? 'BUY' : 'SELL',
        netReturnPct: index % 4 === 0 ? -1 : 1,
        probabilityUp: index % 4 === 0 ? 0.25 : 0.75,
        predictionLabel: index % 4 === 0 ? 0 : 1,
      })),
    );
    const text = renderScorecard(scorecard, { by: 'type', paint: plain });
    assert.match(text, / all .* 75\.0 % │ 70\.5 % to 79\.0 % +│ {12}┊ {4}─● +│/);
    assert.match(text, / SELL .* 100\.0 % .*─?● │/);
    assert.match(text, /Predicted and observed:\n(.*\n){3}│ 20 to 30 % .* 100 │ 25\.0 % │ +0\.0 % │ ●/);
    assert.match(
      text,
      /\nPredictions were better than the base rate \(Brier 0\.0625 against 0\.1875\), beyond chance\.\n/,
    );
  });

  it('shows a single group as the whole, and nothing but words without signals', () => {
    const one = renderScorecard(scorecardOf(rowsOf(30, () => ({}))), { by: 'exchange', paint: plain });
    assert.match(one, / binance /);
    assert.doesNotMatch(one, / all /);
    const none = renderScorecard(scorecardOf([]), { by: 'type', paint: plain });
    assert.match(none, /^\nno signals yet · costs of a trade 0\.3 %\n\nNot enough data: 0 settled trades/);
  });
});
