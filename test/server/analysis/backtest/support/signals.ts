import { SignalColumns } from '@fast-scanner/server/analysis/backtest/signal-columns.ts';

export interface WantedAt {
  readonly order?: number;
  readonly stop?: number;
  readonly target?: number;
}

/** Signals that are "nothing" but at the positions named. */
export function signalsOf(length: number, wanted: Readonly<Record<number, WantedAt>>): SignalColumns {
  const signals = new SignalColumns(length);
  for (const [index, { order, stop, target }] of Object.entries(wanted)) {
    if (order !== undefined) signals.order[Number(index)] = order;
    if (stop !== undefined) signals.stop[Number(index)] = stop;
    if (target !== undefined) signals.target[Number(index)] = target;
  }
  return signals;
}
