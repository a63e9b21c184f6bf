import type { SignalFilter } from '../signal-record.ts';
import type { SqlValues } from './connection.ts';
import { SIGNAL_COLUMNS } from './signal-columns.ts';

/** What one look at a table found. */
export interface Slice<Row, Position> {
  readonly rows: readonly Row[];
  /** Where the next look goes on; `null` when all was seen. */
  readonly next: Position | null;
}

/** Signals are ordered by the close of their candle and then by id. */
export interface SignalPosition {
  readonly candleCloseTime: number;
  readonly id: string;
}

/** Both ends as positions: the walk begins strictly after `start` and goes up to `end`. */
export interface SignalWalk {
  readonly order: 'newest' | 'oldest';
  readonly start: SignalPosition;
  readonly end: SignalPosition;
}

const PLAIN = [
  'origin',
  'exchange',
  'symbol',
  'timeframe',
  'mode',
  'regime',
  'signalType',
] as const satisfies readonly (keyof SignalFilter)[];

const DIRECTIONS = {
  newest: { after: '<', upTo: '>=', by: 'DESC' },
  oldest: { after: '>', upTo: '<=', by: 'ASC' },
} as const;

/** From the newest candle back, or on from a position. */
export function walkBack({ from, to }: SignalFilter, before?: SignalPosition): SignalWalk {
  const newest = at(to ?? Number.MAX_VALUE);
  const start = before && before.candleCloseTime < newest.candleCloseTime ? before : newest;
  return { order: 'newest', start, end: at(from ?? -Number.MAX_VALUE) };
}

/** From the oldest candle on, or on from a position. */
export function walkOn({ from, to }: SignalFilter, after?: SignalPosition): SignalWalk {
  const start = after ?? at(from ?? -Number.MAX_VALUE);
  return { order: 'oldest', start, end: at(to ?? Number.MAX_VALUE) };
}

/** FROM and WHERE of everything in an index that a walk passes, and its order. */
export function walkSql(
  { order }: SignalWalk,
  filter: SignalFilter,
  join = '',
): { readonly from: string; readonly orderBy: string } {
  const { after, upTo, by } = DIRECTIONS[order];
  const [index, isSymbol] =
    filter.symbol === undefined ? ['newest', ''] : ['of_symbol', 'symbol = :symbol AND'];
  return {
    from: `FROM signals INDEXED BY signals_${index} ${join} WHERE ${isSymbol}
      (candle_close_time, id) ${after} (:startTime, :startId) AND (candle_close_time, id) ${upTo} (:endTime, :endId)`,
    orderBy: `ORDER BY candle_close_time ${by}, id ${by}`,
  };
}

export function walkValues({ start, end }: SignalWalk): SqlValues {
  return {
    startTime: start.candleCloseTime,
    startId: start.id,
    endTime: end.candleCloseTime,
    endId: end.id,
  };
}

/** Conditions for what a filter names, without its times; each begins with AND. */
export function filterSql(filter: SignalFilter): string {
  const equal = PLAIN.filter((field) => filter[field] !== undefined);
  const conditions = equal.map((field) => `AND ${SIGNAL_COLUMNS[field]} = :${field}`);
  if (filter.settled !== undefined) conditions.push(`AND outcome IS ${filter.settled ? 'NOT NULL' : 'NULL'}`);
  return conditions.join(' ');
}

export function filterValues(filter: SignalFilter): SqlValues {
  return Object.fromEntries(
    PLAIN.flatMap((field) => {
      const value = filter[field];
      return value === undefined ? [] : [[field, value]];
    }),
  );
}

/** The position before all signals of a time. */
function at(candleCloseTime: number): SignalPosition {
  return { candleCloseTime, id: '' };
}
