// biome-ignore-all lint/a11y/useSemanticElements: elements of a real table cannot be placed one by one, as a virtualised grid wants
// biome-ignore-all lint/a11y/useFocusableInteractive: the keyboard goes from row to row, not from cell to cell
import { Button } from '@mantine/core';
import { useMergedRef } from '@mantine/hooks';
import type { CSSProperties } from 'react';
import { formatNumber } from '../../format/format-number.ts';
import hint from '../sideways-hint.module.css';
import classes from './data-table.module.css';
import { DataTableHeader } from './data-table-header.tsx';
import type { DataTableProps } from './data-table-props.ts';
import { DataTableRow } from './data-table-row.tsx';
import { useDataTable } from './use-data-table.ts';

/**
 * A table that stays quick with any number of rows and updates: only what is seen is drawn. Sorted by its headings, gone through with the
 * arrows, its order held while somebody points at it.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, onOpen, empty, rowHeight = 40, maxHeight = '70vh' } = props;
  const table = useDataTable(props);
  const { columns, focus, rowCount, news } = table;
  const tracks = columns.map(({ width }) => width).join(' ');
  return (
    <div
      className={`${classes['frame']} ${hint['hint']}`}
      onPointerEnter={({ pointerType }) => table.setIsHeld(pointerType === 'mouse')}
      onPointerLeave={() => table.setIsHeld(false)}
    >
      {news > 0 && (
        <Button className={classes['release'] ?? ''} size="compact-sm" onClick={table.release}>
          {formatNumber(news)} new, show
        </Button>
      )}
      <div
        ref={useMergedRef(table.scroller, table.sizeRef)}
        className={`${classes['scroller']} ${hint['scroller']}`}
        style={{ maxHeight }}
      >
        <div
          role="grid"
          aria-label={label}
          aria-rowcount={rowCount + 1}
          aria-readonly
          className={classes['grid']}
          style={{ '--tracks': tracks } as CSSProperties} // React has no type for own properties
          onKeyDown={focus.onKeyDown}
        >
          <DataTableHeader columns={columns} sort={table.sort} onSort={table.onSortChange} />
          <div
            ref={focus.body}
            role="rowgroup"
            className={classes['body']}
            style={{ height: table.bodyHeight }}
          >
            {table.inSight.map((place) => (
              <DataTableRow
                key={place.id}
                {...place}
                columns={columns}
                height={rowHeight}
                onFocus={focus.onRowFocus}
                onOpen={onOpen}
              />
            ))}
          </div>
        </div>
        {rowCount === 0 && empty}
      </div>
    </div>
  );
}
