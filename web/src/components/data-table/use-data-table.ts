import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { DataSort } from './data-column.ts';
import type { DataTableProps } from './data-table-props.ts';
import { useRowFocus } from './use-row-focus.ts';
import { useRowOrder } from './use-row-order.ts';
import { useSteadyOrder } from './use-steady-order.ts';

const OVERSCAN = 8;
const HEAD_HEIGHT = 36;
const UNMEASURED = 0;

/** What a table shows just now: which rows in which order, which of them are in sight, and where the keyboard is. */
export function useDataTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, rowId, search = '', onOpen, rowHeight = 40 } = props;
  const [ownSort, setOwnSort] = useState<DataSort | null>(null);
  const { sort = ownSort, onSortChange = setOwnSort } = props;
  const [isHeld, setIsHeld] = useState(false);
  const sorted = useRowOrder({ columns, rows: props.rows, rowId, sort, search });
  const orderKey = `${sort?.id} ${sort?.desc} ${search}`;
  const { rows, news, release } = useSteadyOrder({ rows: sorted, rowId, isHeld, orderKey });
  const ids = useMemo(() => rows.map(rowId), [rows, rowId]);

  const scroller = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width, height } = useElementSize();
  const shownColumns = useMemo(
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
  const focus = useRowFocus({
    ids,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
    onOpen: onOpen && ((index) => rows[index] && onOpen(rows[index])),
    pageSize: Math.max(1, Math.floor(height / rowHeight) - 1),
  });
  const items = virtualizer.getVirtualItems();
  /** The row that Tab leads to: where the keyboard was, else the first in sight. */
  const reachable = items.find(({ index }) => ids[index] === focus.activeId)?.index ?? items[0]?.index;
  const inSight = items.flatMap(({ index, start }) => {
    const row = rows[index];
    const id = ids[index];
    return row && id !== undefined ? [{ row, id, index, start, isReachable: index === reachable }] : [];
  });
  return {
    ...{ scroller, sizeRef, focus, inSight, sort, onSortChange, setIsHeld, news, release },
    columns: shownColumns,
    rowCount: rows.length,
    bodyHeight: virtualizer.getTotalSize(),
  };
}
