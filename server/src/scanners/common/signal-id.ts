import { createHash } from 'node:crypto';
import type { SignalRecord } from '../../store/signal-record.ts';

export type SignalIdentity = Pick<
  SignalRecord,
  'origin' | 'mode' | 'exchange' | 'symbol' | 'timeframe' | 'candleCloseTime'
>;

/** The id of a signal: the same for everybody who says the same of the same candle, so that it is kept, and counted, once. */
export function signalIdOf(identity: SignalIdentity): string {
  const { origin, mode, exchange, symbol, timeframe, candleCloseTime } = identity;
  const said = JSON.stringify([origin, mode, exchange, symbol, timeframe, candleCloseTime]);
  return createHash('sha256').update(said).digest('hex').slice(0, 24);
}
