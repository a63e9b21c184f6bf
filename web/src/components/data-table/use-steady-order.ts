import { useMemo, useState } from 'react';

interface SteadyOrder<Row> {
  readonly rows: readonly Row[];
  /** How many rows are new, or not as they were, since the order was held; 0 while it is the newest all the same. */
  readonly news: number;
  /** Puts everything in its newest place. */
  readonly release: () => void;
}

interface SteadyOrderOptions<Row> {
  /** In the newest order. */
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** Somebody points at the rows. */
  readonly isHeld: boolean;
  /** What the user chose the order by: another choice is followed at once. */
  readonly orderKey: string;
}

interface Hold<Row> {
  readonly orderKey: string;
  readonly rows: readonly Row[];
}

/** Keeps the rows where they are while somebody points at them; their content stays new, rows that come are held back. */
export function useSteadyOrder<Row>(options: SteadyOrderOptions<Row>): SteadyOrder<Row> {
  const { rows, rowId, isHeld, orderKey } = options;
  const [hold, setHold] = useState<Hold<Row> | null>(null);
  const take = () => setHold({ orderKey, rows });
  if (isHeld && hold?.orderKey !== orderKey) take();
  else if (!isHeld && hold !== null) setHold(null);
  const held = isHeld ? hold : null;
  const shown = useMemo(() => (held ? inOrderOf(held.rows, rows, rowId) : rows), [held, rows, rowId]);
  const news = useMemo(() => (held ? countNews(held.rows, rows, shown) : 0), [held, rows, shown]);
  return { rows: shown, news, release: take };
}

/** The newest form of the rows, in the order in which they were. */
function inOrderOf<Row>(
  order: readonly Row[],
  rows: readonly Row[],
  rowId: (row: Row) => string,
): readonly Row[] {
  const byId = new Map(rows.map((row) => [rowId(row), row]));
  return order.flatMap((row) => byId.get(rowId(row)) ?? []);
}

function countNews<Row>(before: readonly Row[], rows: readonly Row[], shown: readonly Row[]): number {
  const isNewest = rows.length === shown.length && rows.every((row, index) => row === shown[index]);
  if (isNewest) return 0;
  const known = new Set(before);
  return rows.filter((row) => !known.has(row)).length;
}
