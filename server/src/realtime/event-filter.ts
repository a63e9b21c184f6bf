import type { SubscribeRequest } from '@fast-scanner/shared';
import type { StoredEvent } from '../store/store.ts';

/** Whether a client wants an event. */
export type EventFilter = (event: StoredEvent) => boolean;

export type FilterRequest = Pick<SubscribeRequest, 'symbols' | 'styles' | 'minScore'>;

/** The names under which events carry what may be asked for. */
interface FilteredFields {
  readonly symbol?: string;
  readonly style?: string;
  readonly combined_score?: number;
}

/** Lets through what is asked for, and events that do not say how they stand to it; `null` when nothing is asked. */
export function createEventFilter({ symbols, styles, minScore }: FilterRequest): EventFilter | null {
  if (symbols === undefined && styles === undefined && minScore === undefined) return null;
  const isSymbol = createNameFilter(symbols);
  const isStyle = createNameFilter(styles);
  return ({ payload }) => {
    const { symbol, style, combined_score: score } = payload as FilteredFields; // by the schemas of the events
    return (
      isSymbol(symbol) &&
      isStyle(style) &&
      (score === undefined || minScore === undefined || score >= minScore)
    );
  };
}

function createNameFilter(names: readonly string[] | undefined): (name: string | undefined) => boolean {
  const wanted = names && new Set(names);
  return (name) => wanted === undefined || name === undefined || wanted.has(name);
}
