import {
  type Clock,
  type ContinuousSignal,
  rowsFromColumns,
  ScannerError,
  type SignalLabel,
  type TrainingDataQuery,
  type TrainingDataResponse,
  toIsoTime,
} from '@fast-scanner/shared';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import type { TrainingStore } from '../../store/training/training-store.ts';
import type { TrainingFile } from './continuous-service.ts';

export interface TrainingAnswerOptions {
  readonly training: TrainingStore;
  readonly feeds: MarketFeeds;
  readonly clock: Clock;
}

const DAY_MS = 86_400_000;

/** What was collected of a symbol in the last days. @throws ScannerError `not_found` when that is nothing */
export async function readTrainingData(
  { training, feeds, clock }: TrainingAnswerOptions,
  symbol: string,
  { days, exchange: wanted }: TrainingDataQuery,
): Promise<TrainingDataResponse> {
  const exchange = wanted ?? feeds.defaultExchange;
  const feed = await feeds.get(exchange);
  const now = feed.now();
  const data = await training.read({ exchange, symbol, from: now - days * DAY_MS, to: now });
  const isEmpty = data.signals.length + data.clustering.length + data.labels.length + data.ohlcv.size === 0;
  if (isEmpty) throw nothingKept(symbol, exchange, days);
  return {
    success: true,
    symbol,
    days,
    data_source: feed.dataSource,
    signals: data.signals as unknown as ContinuousSignal[], // come back as the training feed wrote them
    ohlcv: Object.fromEntries(
      [...data.ohlcv].map(([timeframe, columns]) => [
        timeframe,
        rowsFromColumns(columns).map((row) => [...row]),
      ]),
    ),
    clustering: data.clustering as unknown as TrainingDataResponse['clustering'], // likewise
    labels: data.labels.flatMap(({ label, signal }) => (signal ? [toLabel(label, signal)] : [])),
    timestamp: toIsoTime(clock.now()),
  };
}

/** The candles of one timeframe as a Parquet file. @throws ScannerError `not_found` when there are none */
export async function readTrainingFile(
  { training, feeds }: TrainingAnswerOptions,
  symbol: string,
  { days, timeframe, exchange: wanted }: TrainingDataQuery,
): Promise<TrainingFile> {
  if (timeframe === undefined) throw new ScannerError('invalid_input', '?timeframe: names the file to send');
  const exchange = wanted ?? feeds.defaultExchange;
  const to = (await feeds.get(exchange)).now();
  const query = { exchange, symbol, timeframe, from: to - days * DAY_MS, to, format: 'parquet' } as const;
  const { rows, ...file } = await training.exportFile(query);
  if (rows === 0) throw nothingKept(symbol, exchange, days);
  return file;
}

function nothingKept(symbol: string, exchange: string, days: number): ScannerError {
  const detail = `nothing was collected of ${symbol} on ${exchange} in the last ${days} days`;
  return new ScannerError('not_found', `${detail}; the continuous scanner collects while it runs`);
}

type Label = Awaited<ReturnType<TrainingStore['read']>>['labels'][number];

function toLabel(label: Label['label'], signal: NonNullable<Label['signal']>): SignalLabel {
  const { style, signal_type, combined_score } = signal as unknown as ContinuousSignal; // written by the training feed
  const { timeframe, candleCloseTime, outcome, forward_return_pct, horizon_candles, labelled_at } = label;
  return {
    style,
    timeframe,
    candleCloseTime,
    signal_type,
    combined_score,
    outcome,
    forward_return_pct,
    horizon_candles,
    labelled_at,
  };
}
