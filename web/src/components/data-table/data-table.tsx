// biome-ignore-all lint/a11y/useSemanticElements: elements of a real table cannot be placed one by one, as a virtualised grid wants
// biome-ignore-all lint/a11y/useFocusableInteractive: the keyboard goes from row to row, not from cell to cell

import { Button } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type ReactNode, useMemo, useRef, useState } from 'react';
import { formatNumber } from '../../format/format-number.ts';
import type { DataColumn, DataSort } from './data-column.ts';
import classes from './data-table.module.css';
import { DataTableHeader } from './data-table-header.tsx';
import { DataTableRow } from './data-table-row.tsx';
import { useRowFocus } from './use-row-focus.ts';
import { useRowOrder } from './use-row-order.ts';
import { useSteadyOrder } from './use-steady-order.ts';

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

const OVERSCAN = 8;
const HEAD_HEIGHT = 36;
const UNMEASURED = 0;

/**
 * A table that stays quick with any number of rows and updates: only what is seen is drawn. Sorted by its headings, gone through with the
 * arrows, its order held while somebody points at it.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, columns, rowId, search = '', onOpen, empty, rowHeight = 40, maxHeight = '70vh' } = props;
  const [ownSort, setOwnSort] = useState<DataSort | null>(null);
  const { sort = ownSort, onSortChange = setOwnSort } = props;
  const [isPointedAt, setIsPointedAt] = useState(false);
  const sorted = useRowOrder({ columns, rows: props.rows, rowId, sort, search });
  const orderKey = `${sort?.id} ${sort?.desc} ${search}`;
  const { rows, heldBack, release } = useSteadyOrder(sorted, { rowId, isHeld: isPointedAt, orderKey });

  const scroller = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width, height } = useElementSize();
  const shown = useMemo(
    () => columns.filter(({ minTableWidth = 0 }) => width === UNMEASURED || width >= minTableWidth),
    [columns, width],
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollPaddingStart: HEAD_HEIGHT,
    useFlushSync: false,
  });
  const ids = useMemo(() => rows.map(rowId), [rows, rowId]);
  const focus = useRowFocus({
    ids,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
    onOpen: onOpen && ((index) => rows[index] && onOpen(rows[index])),
    pageSize: Math.max(1, Math.floor(height / rowHeight) - 1),
  });
  const items = virtualizer.getVirtualItems();
  const reachable = items.find(({ index }) => ids[index] === focus.activeId)?.index ?? items[0]?.index;
  const tracks: CSSProperties = { gridTemplateColumns: shown.map((column) => column.width).join(' ') };

  return (
    <div className={classes['frame']}>
      {heldBack > 0 && (
        <Button className={classes['release'] ?? ''} size="compact-sm" onClick={release}>
          {formatNumber(heldBack)} new, show
        </Button>
      )}
      <div ref={useMergedRef(scroller, sizeRef)} className={classes['scroller']} style={{ maxHeight }}>
        <div
          role="grid"
          aria-label={label}
          aria-rowcount={rows.length + 1}
          aria-readonly
          className={classes['grid']}
          style={{ '--tracks': tracks.gridTemplateColumns } as CSSProperties}
          onKeyDown={focus.onKeyDown}
        >
          <DataTableHeader columns={shown} sort={sort} onSort={onSortChange} />
          <div
            ref={focus.body}
            role="rowgroup"
            className={classes['body']}
            style={{ height: virtualizer.getTotalSize() }}
            onPointerEnter={({ pointerType }) => setIsPointedAt(pointerType === 'mouse')}
            onPointerLeave={() => setIsPointedAt(false)}
          >
            {items.map(({ index, start }) => {
              const row = rows[index];
              if (!row) return null;
              const id = rowId(row);
              return (
                <DataTableRow
                  key={id}
                  row={row}
                  id={id}
                  columns={shown}
                  index={index}
                  start={start}
                  height={rowHeight}
                  isReachable={index === reachable}
                  onFocus={focus.onRowFocus}
                  onOpen={onOpen}
                />
              );
            })}
          </div>
        </div>
        {rows.length === 0 && empty}
      </div>
    </div>
  );
}
