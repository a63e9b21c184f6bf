import type { DataSort } from '../../components/data-table/data-column.ts';
import { sortField } from '../../components/data-table/sort-field.ts';
import { type SearchField, textField } from '../../hooks/use-search-state.ts';

/** Which stocks of a result are listed, and in which order. */
export interface StockFilters {
  readonly q: string;
  /** Empty: all. */
  readonly sector: string;
  readonly sort: DataSort | null;
}

export const STOCK_FIELDS: { readonly [Name in keyof StockFilters]: SearchField<StockFilters[Name]> } = {
  q: textField(),
  sector: textField(),
  sort: sortField(),
};
