import assert from 'node:assert/strict';
import { computeWilsonInterval } from '@fast-scanner/server/analysis/outcomes/wilson-interval.ts';
import { SCORECARD_DIMENSIONS, scorecardSchema } from '@fast-scanner/shared';
import fc from 'fast-check';
import { seededRandom } from '../../../support/exchange-server/seeded-random.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';
import { assertNear, CLOSE, HOUR } from './judged.ts';
import { rowsOf, scorecardOf, TRADE } from './scored.ts';

const LOSS = { outcome: 'stop', netReturnPct: -1.3, forwardReturnPct: -1 } as const;
const HOLD = {
  signalType: 'HOLD',
  direction: 'none',
  outcome: 'none',
  netReturnPct: null,
  score: 0,
} as const;

describe('a scorecard', () => {
  it('of nothing says so', () => {
    const scorecard = scorecardOf([]);
    const { overall, from, to, data_kinds, reliability, verdict } = scorecard;
    assert.deepEqual([overall.n, from, to, data_kinds, reliability], [0, null, null, [], null]);
    assert.equal(overall.note, 'not enough data (0 of 30)');
    assert.equal(verdict, 'Not enough data: 0 settled trades of the 30 that a verdict needs.');
    scorecardSchema.parse(scorecard);
  });

  it('gives no figure below 30, and says how many there are', () => {
    const few = scorecardOf(rowsOf(29, () => ({}))).overall;
    assert.equal(few.note, 'not enough data (29 of 30)');
    assert.deepEqual([few.n, few.hit_rate, few.hit_interval, few.rank_correlation], [29, null, null, null]);
    const enough = scorecardOf(rowsOf(30, () => ({}))).overall;
    assert.equal(enough.note, null);
    assert.equal(enough.hit_rate, 1);
    assert.equal(enough.profit_factor, null, 'without a loss');
    assert.equal(enough.rank_correlation, null, 'all scores are equal');
  });

  it('counts hits after costs, with the interval of all and of those that do not overlap', () => {
    const { overall } = scorecardOf(rowsOf(40, (index) => (index % 4 === 0 ? LOSS : {})));
    assert.deepEqual([overall.n, overall.directional, overall.independent], [40, 40, 10]);
    assert.equal(overall.hit_rate, 0.75);
    assert.deepEqual([overall.target_rate, overall.stop_rate, overall.timeout_rate], [0.75, 0.25, 0]);
    assert.deepEqual(overall.hit_interval, computeWilsonInterval(30, 40));
    assert.deepEqual(overall.hit_interval_independent, computeWilsonInterval(7.5, 10));
    assertNear(overall.mean_net_return_pct, 0.2);
    assertNear(overall.median_net_return_pct, 0.7);
    assertNear(overall.mean_forward_return_pct, 0.5);
    assertNear(overall.profit_factor, (30 * 0.7) / (10 * 1.3));
  });

  it('takes the forward return in the direction of the signal', () => {
    const short = { direction: 'short', signalType: 'SELL', forwardReturnPct: -2 } as const;
    assertNear(scorecardOf(rowsOf(30, () => short)).overall.mean_forward_return_pct, 2);
  });

  it('counts overlapping signals of one symbol and timeframe once, of different ones each', () => {
    const symbols = ['BTC/USDT', 'ETH/USDT'];
    const { overall } = scorecardOf(
      rowsOf(40, (index) => ({
        symbol: symbols[index % 2] ?? '',
        candleCloseTime: CLOSE + Math.floor(index / 2) * HOUR,
        origin: index % 3 === 0 ? 'run' : 'scan',
      })),
    );
    assert.equal(overall.independent, 10, 'whoever said them');
    const apart = scorecardOf(rowsOf(40, (index) => ({ candleCloseTime: CLOSE + 4 * index * HOUR })));
    assert.equal(apart.overall.independent, 40, 'one may begin when the horizon of the one before is over');
  });

  it('compares the ranks of scores and forward returns over all settled signals, HOLD as well', () => {
    const rising = rowsOf(40, (index) => ({
      score: index - 20,
      forwardReturnPct: index ** 3,
      ...(index === 20 ? HOLD : {}),
    }));
    assertNear(scorecardOf(rising).overall.rank_correlation, 1);
    const falling = rising.map((row) => ({ ...row, forwardReturnPct: -(row.forwardReturnPct ?? 0) }));
    assertNear(scorecardOf(falling).overall.rank_correlation, -1);
  });

  it('keeps pending and unknown signals out of the figures and counts them', () => {
    const open = { netReturnPct: null, forwardReturnPct: null } as const;
    const { overall } = scorecardOf(
      rowsOf(36, (index) => {
        if (index < 4) return { ...open, outcome: null };
        return index < 6 ? { ...open, outcome: 'unknown' } : {};
      }),
    );
    assert.deepEqual([overall.n, overall.pending, overall.unknown], [30, 4, 2]);
    assertNear(overall.mean_net_return_pct, 0.7);
  });

  it('splits by every dimension, months and timeframes in their order, the others by size', () => {
    const { groups } = scorecardOf([
      ...rowsOf(35, () => ({ candleCloseTime: Date.UTC(2026, 1, 3), timeframe: '4h' })),
      ...rowsOf(31, () => ({ ...HOLD, candleCloseTime: Date.UTC(2025, 11, 31, 23, 59), regime: null })),
      ...rowsOf(3, () => ({ origin: 'run', mode: 'recon', signalType: 'LONG', exchange: 'okx' })),
    ]);
    const keys = (dimension: (typeof SCORECARD_DIMENSIONS)[number]) =>
      groups[dimension]?.map(({ key, n }) => [key, n]);
    assert.deepEqual(Object.keys(groups), [...SCORECARD_DIMENSIONS]);
    assert.deepEqual(keys('type'), [
      ['BUY', 35],
      ['HOLD', 31],
      ['LONG', 3],
    ]);
    assert.deepEqual(keys('mode'), [
      ['none', 66],
      ['recon', 3],
    ]);
    assert.deepEqual(keys('regime'), [
      ['bull', 38],
      ['none', 31],
    ]);
    assert.deepEqual(keys('timeframe'), [
      ['1h', 34],
      ['4h', 35],
    ]);
    assert.deepEqual(keys('exchange'), [
      ['binance', 66],
      ['okx', 3],
    ]);
    assert.deepEqual(keys('period'), [
      ['2025-12', 31],
      ['2026-01', 3],
      ['2026-02', 35],
    ]);
    assert.deepEqual(keys('origin'), [
      ['scan', 66],
      ['run', 3],
    ]);
    assert.equal(groups.type?.[1]?.note, 'none of them took a side');
    assert.equal(groups.type?.[2]?.note, 'not enough data (3 of 30)');
  });

  it('has groups that make up the whole, in whatever order the signals came', () => {
    const some = fc.record({
      symbol: fc.constantFrom('BTC/USDT', 'ETH/USDT'),
      signalType: fc.constantFrom('BUY', 'SELL'),
      regime: fc.constantFrom('bull', null),
      outcome: fc.constantFrom('target', 'stop', 'unknown', null),
      score: fc.integer({ min: -100, max: 100 }),
      candleCloseTime: fc.nat(400).map((hour) => CLOSE + hour * HOUR),
    } as const);
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 80 }), (changes) => {
        const rows = changes.map((change) => ({ ...TRADE, ...change }));
        const { overall, groups } = scorecardOf(rows);
        for (const parts of Object.values(groups)) {
          for (const field of ['n', 'directional', 'pending', 'unknown'] as const)
            assert.equal(
              parts.reduce((sum, part) => sum + part[field], 0),
              overall[field],
            );
        }
        assert.ok(overall.independent <= overall.directional);
        const turned = scorecardOf(rows.toReversed());
        assert.deepEqual(turned.overall.independent, overall.independent);
        assert.deepEqual(turned.overall.rank_correlation, overall.rank_correlation);
      }),
      PROPERTY_RUNS,
    );
  });

  it('says where its signals begin and end, and what data they are of', () => {
    const { from, to, data_kinds, cost_pct } = scorecardOf([
      { ...TRADE, candleCloseTime: CLOSE + 5 * HOUR },
      { ...TRADE, dataKind: 'simulated' },
      { ...TRADE, candleCloseTime: CLOSE + 99 * HOUR, outcome: null },
    ]);
    assert.deepEqual([from, to], [new Date(CLOSE).toISOString(), new Date(CLOSE + 5 * HOUR).toISOString()]);
    assert.deepEqual([data_kinds, cost_pct], [['live', 'simulated'], 0.3]);
  });
});

describe('predictions on a scorecard', () => {
  it('have the Brier score, that of the base rate, and ten bins with intervals', () => {
    const { overall, reliability } = scorecardOf(
      rowsOf(40, (index) => ({
        probabilityUp: index % 2 === 0 ? 0.75 : 0.25,
        predictionLabel: index % 4 === 3 ? 0 : index % 2 === 0 ? 1 : index % 4 === 1 ? 0 : 1,
      })),
    );
    assert.equal(overall.predictions, 40);
    assertNear(overall.brier, 0.0625);
    assertNear(overall.baseline_brier, 0.25);
    assert.equal(reliability?.length, 10);
    const filled = reliability?.filter(({ n }) => n > 0);
    assert.deepEqual(
      filled?.map(({ from, n, mean_probability, share_up }) => [from, n, mean_probability, share_up]),
      [
        [0.2, 20, 0.25, 0],
        [0.7, 20, 0.75, 1],
      ],
    );
    assert.deepEqual(filled?.[0]?.interval, computeWilsonInterval(0, 20));
    assert.deepEqual(reliability?.[0], {
      from: 0,
      to: 0.1,
      n: 0,
      mean_probability: null,
      share_up: null,
      interval: null,
    });
  });

  it('below 30 have neither', () => {
    const few = scorecardOf(
      rowsOf(40, (index) => (index < 29 ? { probabilityUp: 0.6, predictionLabel: 1 } : {})),
    );
    assert.deepEqual([few.overall.predictions, few.overall.brier, few.reliability], [29, null, null]);
  });
});

describe('the verdict', () => {
  /** Independent trades of many symbols, four hours apart. */
  const trades = (count: number, make: (random: () => number) => { net: number; score: number }) => {
    const random = seededRandom(11);
    return rowsOf(count, (index) => {
      const { net, score } = make(random);
      return {
        candleCloseTime: CLOSE + 4 * index * HOUR,
        netReturnPct: net,
        forwardReturnPct: net + 0.3,
        score,
      };
    });
  };

  it('tells an edge beyond chance from none, and from a loss', () => {
    const noise = (random: () => number) => 2 * random() - 1;
    const good = scorecardOf(trades(400, (random) => ({ net: 0.5 + noise(random), score: 10 }))).verdict;
    assert.match(
      good,
      /% of 400 trades ended above zero after costs of 0\.3 % \(95 % interval .* by the 400 that do not overlap\)/,
    );
    assert.match(good, /made \+0\.\d\d %, above zero beyond chance\./);
    const even = scorecardOf(trades(400, (random) => ({ net: noise(random), score: 10 }))).verdict;
    assert.match(even, /which is within chance\./);
    const bad = scorecardOf(trades(400, (random) => ({ net: noise(random) - 0.5, score: 10 }))).verdict;
    assert.match(bad, /made -0\.\d\d %, below zero beyond chance\./);
  });

  it('tells whether a higher score was followed by a higher return', () => {
    const told = scorecardOf(
      trades(400, (random) => {
        const score = 200 * random() - 100;
        return { net: score / 100 + 2 * random() - 1, score };
      }),
    ).verdict;
    assert.match(told, /A higher score was followed by a higher return \(rank correlation \+0\.\d+\)/);
    const noise = scorecardOf(
      trades(400, (random) => ({ net: 2 * random() - 1, score: 200 * random() - 100 })),
    );
    assert.match(noise.verdict, /The score says nothing about what follows/);
  });

  it('does not take times in which scores and returns are high for a score that tells the returns', () => {
    for (const side of [1, -1]) {
      const random = seededRandom(7);
      const rows = rowsOf(400, (index) => {
        const own = random();
        const candleCloseTime = CLOSE + 4 * index * HOUR;
        const forwardReturnPct = side * (index / 40 - 2 * own);
        return { candleCloseTime, forwardReturnPct, score: index / 4 + 20 * own };
      });
      const { verdict, overall } = scorecardOf(rows);
      assert.equal(Math.sign(overall.rank_correlation ?? 0), side);
      const [all, within] = side === 1 ? ['\\+', '-'] : ['-', '\\+'];
      const figures = `rank correlation ${all}0\\.\\d+ over all, but ${within}0\\.\\d+ within a time`;
      assert.match(verdict, new RegExp(`The score cannot be relied on: ${figures}`));
      assert.doesNotMatch(verdict, /A higher score/);
    }
  });

  it('takes a thousand symbols that rise together for one piece of evidence', () => {
    const random = seededRandom(5);
    const hours = Array.from({ length: 20 }, () => 2 * random() - 1);
    const { overall, verdict } = scorecardOf(
      rowsOf(2_000, (index) => {
        const net = hours[index % 20] ?? 0;
        const candleCloseTime = CLOSE + 4 * (index % 20) * HOUR;
        return {
          symbol: `C${index}/USDT`,
          candleCloseTime,
          netReturnPct: net,
          forwardReturnPct: net,
          score: random(),
        };
      }),
    );
    assert.equal(overall.independent, 2_000);
    assert.match(verdict, /within chance/);
  });

  it('does not call a short time evidence', () => {
    const atOnce = rowsOf(50, (index) => ({ symbol: `C${index}/USDT`, candleCloseTime: CLOSE }));
    assert.match(scorecardOf(atOnce).verdict, /the time is too short to tell that from chance/);
    const overlapping = scorecardOf(rowsOf(60, () => ({ candleCloseTime: CLOSE }))).verdict;
    assert.match(overlapping, /^Not enough data: 60 settled trades, but only 1 without overlap, of the 30/);
  });

  it('says that simulated data prove nothing', () => {
    const simulated = scorecardOf(rowsOf(50, () => ({ dataKind: 'simulated' }))).verdict;
    assert.match(simulated, /All of it is simulated data, which say nothing about a real market\.$/);
  });
});
