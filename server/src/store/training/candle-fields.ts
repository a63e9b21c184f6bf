/** Columns of the candles' files, in their order. */
export const CANDLE_FIELDS = ['openTime', 'open', 'high', 'low', 'close', 'volume'] as const;
