import {
  type ContinuousSignal,
  ScannerApiError,
  type ScannerClient,
  type TimeframeConfluenceResponse,
  TRADING_STYLES,
  type TradingStyle,
} from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { useQuery } from '@tanstack/react-query';
import { type HeatCell, type HeatRow, heatKey, type KnownCells, toHeatRows } from './heat-rows.ts';

/** Each symbol is asked for by itself. */
const MOST_SYMBOLS = 50;
const STALE_MS = 5 * 60_000;

/**
 * The newest signals of slow styles that quick ones have pushed out of the list. Asked for only where a style is missing, and seldom: what
 * comes anew is in the list.
 */
export function useKnownCells(signals: readonly ContinuousSignal[]): KnownCells | undefined {
  const client = useScannerClient();
  const missing = toHeatRows(signals)
    .filter(({ cells }) => TRADING_STYLES.some((style) => !cells[style]))
    .slice(0, MOST_SYMBOLS)
    .map(({ exchange, symbol }) => ({ exchange, symbol }));
  const { data } = useQuery({
    queryKey: ['continuous', 'confluence', missing.map(heatKey).sort()],
    queryFn: async ({ signal }) => {
      const entries: [string, HeatRow['cells']][] = [];
      for (const row of missing) entries.push([heatKey(row), await readCells(client, row, signal)]);
      return new Map(entries);
    },
    enabled: missing.length > 0,
    staleTime: STALE_MS,
  });
  return data;
}

async function readCells(
  { continuous }: ScannerClient,
  { symbol, exchange }: Pick<HeatRow, 'exchange' | 'symbol'>,
  signal: AbortSignal,
): Promise<HeatRow['cells']> {
  try {
    return toCells(await continuous.confluence(symbol, { exchange }, { signal }));
  } catch (error) {
    if (error instanceof ScannerApiError && error.code === 'not_found') return {}; // it is not followed any more
    throw error;
  }
}

function toCells({ timeframe_details }: TimeframeConfluenceResponse): HeatRow['cells'] {
  const cells: Partial<Record<TradingStyle, HeatCell>> = {};
  for (const style of TRADING_STYLES) {
    const detail = timeframe_details[style];
    if (!detail) continue;
    const { timeframe, bias, combined_score: score, candleCloseTime } = detail;
    cells[style] = { timeframe, bias, score, candleCloseTime };
  }
  return cells;
}
