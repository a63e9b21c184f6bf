import type { ReactNode } from 'react';
import type { DataColumn, DataSort } from './data-column.ts';

export interface DataTableProps<Row> {
  /** What the table is of, for screen readers. */
  readonly label: string;
  readonly columns: readonly DataColumn<Row>[];
  /** A row that does not change stays the same object: then it is not drawn again. */
  readonly rows: readonly Row[];
  /** Make it once: outside of the component. */
  readonly rowId: (row: Row) => string;
  /** `null`: as they come. */
  readonly sort?: DataSort | null;
  readonly onSortChange?: (sort: DataSort | null) => void;
  /** Shows only rows with this text in a column that is searched. */
  readonly search?: string;
  /** On click and Enter. */
  readonly onOpen?: ((row: Row) => void) | undefined;
  /** In place of the rows when there are none. */
  readonly empty?: ReactNode;
  /** Default 40 px. */
  readonly rowHeight?: number;
  /** CSS length, default 70vh: longer tables scroll. */
  readonly maxHeight?: string;
}
