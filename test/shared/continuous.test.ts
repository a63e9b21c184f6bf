import assert from 'node:assert/strict';
import {
  confluenceQuerySchema,
  continuousSignalsQuerySchema,
  startContinuousRequestSchema,
  trainingDataQuerySchema,
} from '@fast-scanner/shared';

/** Path and message of the first complaint, `null` when there is none. */
function complaintOf(answer: ReturnType<typeof startContinuousRequestSchema.safeParse>): string | null {
  const issue = answer.error?.issues[0];
  return issue ? `${issue.path.join('.')}: ${issue.message}` : null;
}
const complaintOfConfig = (config: object) => complaintOf(startContinuousRequestSchema.safeParse({ config }));

describe('the request that starts the continuous scanner', () => {
  it('has the documented defaults', () => {
    assert.deepEqual(startContinuousRequestSchema.parse({}), {
      config: {
        price_update_interval: 5,
        signal_generation_interval: 30,
        market_state_interval: 60,
        scan_interval: 90,
        timeframes: { scalp: '5m', day_trade: '4h', swing: '1h', position: '1d' },
        momentum_bias: 0.6,
        momentum_exhaustion_threshold: 4,
        volume_exhaustion_multiplier: 1.5,
        excessive_gain_threshold: 0.15,
        volume_threshold_multiplier: 2,
        cluster_trend_threshold: 0.7,
        cluster_followthrough_threshold: 0.5,
      },
    });
  });

  it('keeps the defaults of what a config leaves out', () => {
    const { config } = startContinuousRequestSchema.parse({
      symbols: ['BTC/USDT'],
      exchanges: ['binance', 'kucoinfutures'],
      config: { momentum_bias: 0.8, timeframes: { scalp: '15m' } },
    });
    assert.deepEqual([config.momentum_bias, config.scan_interval], [0.8, 90]);
    assert.deepEqual(config.timeframes, { scalp: '15m', day_trade: '4h', swing: '1h', position: '1d' });
  });

  it('refuses a field it does not know, wherever it stands', () => {
    assert.match(complaintOf(startContinuousRequestSchema.safeParse({ symbol: 'BTC/USDT' })) ?? '', /symbol/);
    assert.match(complaintOfConfig({ momentum_biass: 0.6 }) ?? '', /^config: .*momentum_biass/);
    assert.match(complaintOfConfig({ timeframes: { day: '1d' } }) ?? '', /^config\.timeframes: .*day/);
  });

  it('refuses values out of their range and names them', () => {
    const wrong = {
      price_update_interval: 0,
      scan_interval: 86_401,
      momentum_bias: 1.1,
      momentum_exhaustion_threshold: 2.5,
      volume_exhaustion_multiplier: 3.1,
      excessive_gain_threshold: 0,
      volume_threshold_multiplier: 0.5,
      cluster_trend_threshold: 1,
      cluster_followthrough_threshold: -0.1,
    };
    for (const [field, value] of Object.entries(wrong)) {
      assert.match(complaintOfConfig({ [field]: value }) ?? '', new RegExp(`^config\\.${field}: `));
    }
  });

  it('wants a timeframe of its own for each style', () => {
    assert.match(complaintOfConfig({ timeframes: { swing: '4h' } }) ?? '', /timeframes: .*two of them/);
  });
});

describe('the queries of the continuous scanner', () => {
  it('read numbers from text and take a style or a length as timeframe', () => {
    assert.deepEqual(
      continuousSignalsQuerySchema.parse({ min_score: '60', limit: '20', timeframe: 'day_trade' }),
      {
        min_score: 60,
        limit: 20,
        timeframe: 'day_trade',
      },
    );
    assert.equal(continuousSignalsQuerySchema.parse({ timeframe: '4h' }).timeframe, '4h');
    assert.equal(continuousSignalsQuerySchema.safeParse({ timeframe: 'noon' }).success, false);
    assert.equal(continuousSignalsQuerySchema.safeParse({ min_score: '101' }).success, false);
    assert.equal(continuousSignalsQuerySchema.safeParse({ signal_type: 'BUY' }).success, false);
    assert.equal(confluenceQuerySchema.parse({}).min_score, 60);
  });

  it('want a timeframe for a Parquet file and only for one', () => {
    const isFine = (query: object) => trainingDataQuerySchema.safeParse(query).success;
    assert.deepEqual(
      [
        {},
        { days: '7' },
        { format: 'parquet', timeframe: '1h' },
        { format: 'parquet' },
        { timeframe: '1h' },
      ].map(isFine),
      [true, true, true, false, false],
    );
    assert.equal(trainingDataQuerySchema.parse({}).days, 30);
  });
});
