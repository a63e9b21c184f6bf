import { CONTINUOUS_TOPIC_STREAM } from '@fast-scanner/server/scanners/continuous/continuous-service.ts';
import type { NewEvent } from '@fast-scanner/server/store/store.ts';
import { type ContinuousSignal, type MarketState, toIsoTime } from '@fast-scanner/shared';
import type { TestWindows } from './test-windows.ts';

const TIMESTAMP = toIsoTime(Date.UTC(2026, 0, 5, 12));

/** A signal as the continuous scanner tells it; of BTC/USDT, of the style scalp and with a score of 50 unless told otherwise. */
export function writtenSignal(changes: Partial<ContinuousSignal> = {}): NewEvent {
  const payload: ContinuousSignal = {
    symbol: 'BTC/USDT',
    exchange: 'demo',
    style: 'scalp',
    timeframe: '5m',
    timestamp: TIMESTAMP,
    candleCloseTime: TIMESTAMP,
    price: 100,
    momentum: {
      momentum_score: 50,
      price_change_pct: 1,
      volume_ratio: 1,
      cluster_validated: false,
      strength_classification: 'weak',
    },
    reversion: {
      reversion_score: 0,
      momentum_exhaustion: false,
      consecutive_moves: 0,
      volume_exhaustion: false,
      excessive_gain: false,
      recent_gain_pct: 0,
      is_overbought: false,
      is_oversold: false,
      reversion_direction: 'neutral',
      reversion_candidate: false,
    },
    clustering: {
      trend_formation_signal: false,
      cluster_strength: 0,
      total_clusters: 0,
      bullish_clusters: 0,
      bearish_clusters: 0,
      directional_ratio: 0,
      follow_through: 0,
    },
    combined_score: 50,
    signal_type: 'WEAK_BUY',
    ...changes,
  };
  return { type: 'continuousSignal', payload };
}

export function writtenMarketState(): NewEvent {
  const payload: MarketState = {
    timestamp: TIMESTAMP,
    breadth: {
      advancing: 0,
      declining: 0,
      unchanged: 0,
      breadth_ratio: null,
      market_bias: 'neutral',
      coverage: 0,
    },
    volatility_regime: 'unknown',
    active_signals: 0,
  };
  return { type: 'marketState', payload };
}

/** Tells events in one commit, as the continuous scanner does. */
export async function tell({ app }: Pick<TestWindows, 'app'>, ...events: readonly NewEvent[]): Promise<void> {
  await app.eventLog.commit({ appendEvents: [{ streamId: CONTINUOUS_TOPIC_STREAM, events }] });
}
