import { type ScorecardQuery, type SignalsQuery, type StoredSignal, toIsoTime } from '@fast-scanner/shared';
import type { SignalFilter, SignalRecord } from '../../store/signal-record.ts';

/** A kept signal as clients see it. */
export function toStoredSignal(record: SignalRecord): StoredSignal {
  const { id, candleCloseTime, recordedAt, prediction, dueAt, ...said } = record;
  return {
    signalId: id,
    ...said,
    candleCloseTime: toIsoTime(candleCloseTime),
    recordedAt: toIsoTime(recordedAt),
    probabilityUp: prediction?.probabilityUp ?? null,
  };
}

/** Which signals a request is about; days begin at 00:00 UTC. */
export function toSignalFilter({
  signal_type,
  from,
  to,
  ...plain
}: Omit<SignalsQuery, 'limit' | 'cursor'> &
  Pick<ScorecardQuery, 'from' | 'to' | 'mode' | 'regime'>): SignalFilter {
  const filter = {
    ...plain,
    signalType: signal_type,
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
  };
  const named = Object.entries(filter).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named);
}
