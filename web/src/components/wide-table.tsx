import '../app/mantine-styles-later.css';
import { Table, type TableProps } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';

interface WideTableProps extends TableProps {
  /** What the table is of, for screen readers. */
  readonly label: string;
  /** Below this width, px, it scrolls; then the keyboard can scroll it too. */
  readonly minWidth: number;
}

/** A plain table that scrolls sideways where there is little room. */
export function WideTable({ label, minWidth, ...table }: WideTableProps) {
  const { ref, width } = useElementSize();
  const reachable = { tabIndex: 0, role: 'region', 'aria-label': label };
  return (
    <div ref={ref}>
      <Table.ScrollContainer
        minWidth={minWidth}
        scrollAreaProps={{ viewportProps: width < minWidth ? reachable : {} }}
      >
        <Table aria-label={label} {...table} />
      </Table.ScrollContainer>
    </div>
  );
}
