import type { CandleColumns } from '@fast-scanner/shared';
import { CANDLE_FIELDS } from './candle-fields.ts';

export type CellValue = string | number | boolean | null;

/** A column of a table; `null` is a value that does not exist. */
export type TableColumn =
  /** Epoch ms UTC. */
  | { readonly name: string; readonly type: 'time'; readonly values: Float64Array }
  /** Numbers of which none is missing. */
  | { readonly name: string; readonly type: 'figure'; readonly values: Float64Array }
  | { readonly name: string; readonly type: 'number'; readonly values: (number | null)[] }
  | { readonly name: string; readonly type: 'boolean'; readonly values: (boolean | null)[] }
  | { readonly name: string; readonly type: 'text'; readonly values: (string | null)[] };

/** Candles as the table they are. */
export function candleTable(columns: CandleColumns): TableColumn[] {
  return CANDLE_FIELDS.map((name) => ({
    name,
    type: name === 'openTime' ? 'time' : 'figure',
    values: columns[name],
  }));
}
