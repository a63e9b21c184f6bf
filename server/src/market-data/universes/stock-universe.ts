/** One company of a universe. */
export interface UniverseMember {
  /** As the product writes it, `BRK.B`. Sources translate it where they write it otherwise. */
  readonly ticker: string;
  readonly name: string;
  /** GICS sector. */
  readonly sector: string;
}

/** A list of stocks as it was on a date. */
export interface StockUniverse {
  readonly id: string;
  readonly title: string;
  /** The date of the list, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** In alphabetical order of their tickers. */
  readonly members: readonly UniverseMember[];
  /** What a reader of results over the universe must know, in one sentence. */
  readonly caveat: string;
}
