import type { ReactNode } from 'react';

/** A column of a {@link DataTable}. Make the list once, outside of the component or in `useMemo`. */
export interface DataColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** The heading is for screen readers alone. */
  readonly hidesHeader?: boolean;
  /** What the heading means, as its tooltip. */
  readonly help?: string;
  readonly cell: (row: Row) => ReactNode;
  /** What the column is sorted and searched by; without it, it is neither. `null` stands last, whichever way it is sorted. */
  readonly value?: (row: Row) => string | number | null;
  /** Whether the table's search looks into it. Default: no. */
  readonly isSearched?: boolean;
  /** Default `left`; numbers stand right. */
  readonly align?: 'left' | 'right' | 'center';
  /** A track of CSS grid: `96px`, `minmax(120px, 1fr)`. */
  readonly width: string;
  /** The column is left out when the table is narrower, px. */
  readonly minTableWidth?: number;
}

export interface DataSort {
  /** Id of the column. */
  readonly id: string;
  readonly desc: boolean;
}
