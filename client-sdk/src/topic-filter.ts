import type { SubscribeInput, TradingStyle } from '@fast-scanner/shared';

/** Which events of a topic are wanted. What an event does not say cannot keep it out. */
export interface TopicFilter {
  readonly symbols?: readonly string[] | undefined;
  readonly styles?: readonly TradingStyle[] | undefined;
  /** Of the combined score, 0–100. */
  readonly minScore?: number | undefined;
}

/** The same as the server wants it. */
export type FilterInput = Pick<SubscribeInput, 'symbols' | 'styles' | 'minScore'>;

/** The names under which events carry what may be asked for. */
interface FilteredFields {
  readonly symbol?: string;
  readonly style?: string;
  readonly combined_score?: number;
}

/** The server takes no more. */
const MOST_SYMBOLS = 500;

export function isWanted({ symbols, styles, minScore }: TopicFilter, event: object): boolean {
  const { symbol, style, combined_score: score } = event as FilteredFields; // by the server's contract
  return (
    isOneOf(symbols, symbol) &&
    isOneOf(styles, style) &&
    (score === undefined || minScore === undefined || score >= minScore)
  );
}

/** A filter that lets through whatever one of the filters does; always written alike. */
export function joinFilters(filters: readonly TopicFilter[]): FilterInput {
  const symbols = joinNames(filters.map((filter) => filter.symbols));
  const styles = joinNames(filters.map((filter) => filter.styles));
  const minScore = Math.min(...filters.map((filter) => filter.minScore ?? 0));
  return {
    ...(symbols && symbols.length <= MOST_SYMBOLS && { symbols }),
    ...(styles && { styles }),
    ...(minScore > 0 && { minScore }),
  };
}

function isOneOf(wanted: readonly string[] | undefined, name: string | undefined): boolean {
  return wanted === undefined || name === undefined || wanted.includes(name);
}

/** `undefined` when one of the lists is missing: then every name is wanted. */
function joinNames<Name>(lists: readonly (readonly Name[] | undefined)[]): Name[] | undefined {
  const names = lists.flatMap((list) => list ?? []);
  return lists.includes(undefined) ? undefined : [...new Set(names)].sort();
}
