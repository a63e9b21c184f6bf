import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';

interface RowFocusOptions {
  /** Ids of the rows, in their order. */
  readonly ids: readonly string[];
  readonly scrollTo: (index: number) => void;
  readonly onOpen: ((index: number) => void) | undefined;
  /** How many rows Page Up and Page Down go. */
  readonly pageSize: number;
}

/** Which row the keyboard is at: the arrows, Home, End and the page keys move it, Enter opens it. It stays with its row when the order changes. */
export function useRowFocus({ ids, scrollTo, onOpen, pageSize }: RowFocusOptions) {
  const [activeId, setActiveId] = useState<string | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);

  useEffect(() => {
    if (!wantsFocus.current || activeId === null) return;
    const row = body.current?.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(activeId)}"]`);
    if (!row) return;
    wantsFocus.current = false;
    row.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!isRow(event.target)) return;
    const index = activeId === null ? -1 : ids.indexOf(activeId);
    if (event.key === 'Enter') {
      if (index >= 0) onOpen?.(index);
      return;
    }
    const target = targetOf(event.key, { index, count: ids.length, pageSize });
    const id = target === null ? undefined : ids[target];
    if (target === null || id === undefined) return;
    event.preventDefault();
    wantsFocus.current = true;
    scrollTo(target);
    setActiveId(id);
  };

  return { body, activeId, onKeyDown, onRowFocus: useCallback((id: string) => setActiveId(id), []) };
}

/** Links and buttons in a row have the keyboard for themselves. */
function isRow(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.dataset['rowId'] !== undefined;
}

interface Place {
  readonly index: number;
  readonly count: number;
  readonly pageSize: number;
}

/** The row that the key leads to; `null` for other keys. */
function targetOf(key: string, { index, count, pageSize }: Place): number | null {
  const last = count - 1;
  const clamp = (row: number) => Math.max(0, Math.min(last, row));
  switch (key) {
    case 'ArrowDown':
      return clamp(index + 1);
    case 'ArrowUp':
      return clamp(index - 1);
    case 'PageDown':
      return clamp(index + pageSize);
    case 'PageUp':
      return clamp(index - pageSize);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
