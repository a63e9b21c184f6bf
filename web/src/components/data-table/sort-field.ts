import type { SearchField } from '../../hooks/use-search-state.ts';
import type { DataSort } from './data-column.ts';

/** A table's sorting in the address: `strength` rises, `-strength` falls. */
export function sortField(fallback: DataSort | null = null): SearchField<DataSort | null> {
  return {
    fallback,
    parse: (text) => (text === '' ? undefined : { id: text.replace(/^-/, ''), desc: text.startsWith('-') }),
    format: (sort) => (sort === null ? '' : `${sort.desc ? '-' : ''}${sort.id}`),
  };
}
