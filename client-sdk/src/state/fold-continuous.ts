import type { ContinuousSignal, ContinuousSignalsQueryInput } from '@fast-scanner/shared';
import type { ContinuousEvent } from '../continuous.ts';
import type { ContinuousState } from './continuous-state.ts';

/** As many as the server answers unless told otherwise. */
const USUAL_LIMIT = 100;

/** Folds an event into the state; `null` when the status must be asked for. Events of names unknown to this client change nothing. */
export function foldContinuousEvent(
  state: ContinuousState,
  event: ContinuousEvent,
  query: ContinuousSignalsQueryInput,
): ContinuousState | null {
  switch (event.type) {
    case 'continuousSignal': {
      const { type, seq, ...signal } = event;
      return foldSignal(state, signal, query);
    }
    case 'marketState': {
      const { type, seq, ...marketState } = event;
      return { ...state, marketState };
    }
    case 'streamStatus':
      if (event.change === 'started' || event.change === 'stopped') return null;
      return { ...state, status: state.status && { ...state.status, streams: event.streams } };
    default:
      return state;
  }
}

function foldSignal(
  state: ContinuousState,
  signal: ContinuousSignal,
  query: ContinuousSignalsQueryInput,
): ContinuousState {
  const name = nameOf(signal);
  if (!isAskedFor(signal, query) || state.signals.some((known) => nameOf(known) === name)) return state;
  return { ...state, signals: [signal, ...state.signals].slice(0, query.limit ?? USUAL_LIMIT) };
}

/** A signal is told once for each candle. */
function nameOf({ exchange, symbol, style, candleCloseTime }: ContinuousSignal): string {
  return `${exchange} ${symbol} ${style} ${candleCloseTime}`;
}

function isAskedFor(signal: ContinuousSignal, query: ContinuousSignalsQueryInput): boolean {
  const { min_score = 0, timeframe = signal.timeframe } = query;
  return (
    signal.combined_score >= min_score &&
    (signal.timeframe === timeframe || signal.style === timeframe) &&
    (query.symbol ?? signal.symbol) === signal.symbol &&
    (query.signal_type ?? signal.signal_type) === signal.signal_type &&
    (query.exchange ?? signal.exchange) === signal.exchange
  );
}
