import type { Confluence, DeepAnalysis, MarketRegime, ScanResult, Timeframe } from '@fast-scanner/shared';
import { timeframeMs, toIsoTime } from '@fast-scanner/shared';

export interface SampleResult {
  readonly symbol?: string;
  readonly exchange?: string;
  readonly timeframe?: Timeframe;
  /** Closed candles since some beginning. */
  readonly candle?: number;
  readonly signal?: ScanResult['signal'];
  readonly strength?: number;
  readonly price?: number;
  readonly atr?: number | null;
  /** `null`: no deep analysis. */
  readonly deep?: {
    readonly regime?: MarketRegime['regime'];
    readonly score?: number;
    readonly confluence?: Confluence;
  } | null;
}

const BEGINNING = Date.UTC(2026, 0, 7);

/** As much of a result as change tracking and alerts read. */
export function sampleResult(sample: SampleResult = {}): ScanResult {
  const { symbol = 'C1/USDT', exchange = 'demo', timeframe = '1h', candle = 1, deep = {} } = sample;
  const { signal = 'BUY', strength = 50, price = 100, atr = 10 } = sample;
  const result: Partial<ScanResult> = {
    symbol,
    exchange,
    dataSource: { exchange, kind: 'simulated' },
    timeframe,
    signal,
    strength,
    price,
    indicators: { atr } as ScanResult['indicators'],
    candleCloseTime: toIsoTime(BEGINNING + candle * timeframeMs(timeframe)),
    deepAnalysis: deep && sampleAnalysis(deep),
  };
  return result as ScanResult;
}

function sampleAnalysis({
  regime = 'ranging',
  score = 50,
  confluence = agreement(1),
}: NonNullable<SampleResult['deep']>) {
  const analysis = { market_regime: { regime }, opportunity_score: score, confluence };
  return analysis as DeepAnalysis;
}

const FRAMES: readonly Timeframe[] = ['15m', '1h', '4h', '1d'];

/** So many of four timeframes agree. */
export function agreement(count: number, bias: Confluence['bias'] = 'bullish'): Confluence {
  const timeframes = FRAMES.map((timeframe) => ({ timeframe }) as Confluence['timeframes'][number]);
  const agreeing = FRAMES.slice(0, count);
  return { bias, alignment: count / 4, timeframes, agreeing, disagreeing: FRAMES.slice(count), missing: [] };
}
