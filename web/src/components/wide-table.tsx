import '../app/mantine-styles-later.css';
import { Table, type TableProps } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import hint from './sideways-hint.module.css';

interface WideTableProps extends TableProps {
  /** What the table is of, for screen readers. */
  readonly label: string;
  /** Below this width, px, it scrolls; then the keyboard can scroll it too. */
  readonly minWidth: number;
  /** Above this height, px, it scrolls; default: it never does. */
  readonly maxHeight?: number;
}

/** A plain table that scrolls where there is little room. */
export function WideTable({ label, minWidth, maxHeight, ...table }: WideTableProps) {
  const { ref, width } = useElementSize();
  const reachable = { tabIndex: 0, role: 'group', 'aria-label': label };
  const scrolls = width < minWidth || maxHeight !== undefined;
  return (
    <div ref={ref} className={hint['hint']}>
      <Table.ScrollContainer
        minWidth={minWidth}
        {...(maxHeight === undefined ? {} : { maxHeight })}
        scrollAreaProps={{ viewportProps: scrolls ? reachable : {} }}
      >
        <Table aria-label={label} {...table} />
      </Table.ScrollContainer>
    </div>
  );
}
