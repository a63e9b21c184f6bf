import { SIGNALS, type SignalDirection, TIMEFRAMES } from '@fast-scanner/client';
import type { DataSort } from '../../components/data-table/data-column.ts';
import { sortField } from '../../components/data-table/sort-field.ts';
import { choiceField, listField, numberField, optionField, textField } from '../../hooks/use-search-state.ts';
import { type ScanChoice, UNIVERSES } from './scan-choice.ts';

/** What the page keeps in its address: what to scan, which scan is shown, and which of its rows. */
export interface ScannerFilters extends ScanChoice {
  /** Empty: the newest. */
  readonly scan: string;
  readonly q: string;
  readonly signal: SignalDirection | null;
  /** Least strength, 0–100. */
  readonly strength: number;
  readonly sort: DataSort | null;
}

export const SCANNER_FIELDS = {
  scan: textField(),
  exchange: textField(),
  timeframe: optionField(TIMEFRAMES, '1h'),
  universe: optionField(UNIVERSES, 'default'),
  limit: numberField(20),
  symbols: listField(),
  q: textField(),
  signal: choiceField(SIGNALS),
  strength: numberField(0),
  sort: sortField(),
};
