import { useMemo, useState } from 'react';

interface SteadyOrder<Row> {
  readonly rows: readonly Row[];
  /** How many rows are held back for the moment. */
  readonly heldBack: number;
  /** Shows what is held back, in the newest order. */
  readonly release: () => void;
}

interface SteadyOrderOptions<Row> {
  readonly rowId: (row: Row) => string;
  /** Somebody points at the rows. */
  readonly isHeld: boolean;
  /** What the user chose the order by: another choice is followed at once. */
  readonly orderKey: string;
}

interface Hold {
  readonly orderKey: string;
  readonly ids: readonly string[];
}

/** Keeps the rows where they are while somebody points at them; their content stays new, rows that come are held back. */
export function useSteadyOrder<Row>(
  rows: readonly Row[],
  options: SteadyOrderOptions<Row>,
): SteadyOrder<Row> {
  const { rowId, isHeld, orderKey } = options;
  const [hold, setHold] = useState<Hold | null>(null);
  const isFresh = hold !== null && hold.orderKey === orderKey;
  const take = () => setHold({ orderKey, ids: rows.map(rowId) });
  if (isHeld && !isFresh) take();
  else if (!isHeld && hold !== null) setHold(null);
  const shown = useMemo(
    () => (isHeld && hold ? inOrder(rows, hold.ids, rowId) : rows),
    [rows, isHeld, hold, rowId],
  );
  return { rows: shown, heldBack: rows.length - shown.length, release: take };
}

function inOrder<Row>(
  rows: readonly Row[],
  ids: readonly string[],
  rowId: (row: Row) => string,
): readonly Row[] {
  const byId = new Map(rows.map((row) => [rowId(row), row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
