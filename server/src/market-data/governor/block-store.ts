/** Remembers bans across restarts. */
export interface BlockStore {
  /** Until when requests to the exchange are forbidden, epoch ms UTC; `null`: they are not. A time gone by is harmless. */
  load(exchangeId: string): Promise<number | null>;
  save(exchangeId: string, untilEpochMs: number): Promise<void>;
}
