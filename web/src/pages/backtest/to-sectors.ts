import type { MarketScanResult } from '@fast-scanner/client';

type MacroStatistics = MarketScanResult['macro_statistics'];

/** The server's name for stocks whose sector it does not know. */
export const UNKNOWN_SECTOR = 'Unknown';

export interface SectorRow {
  readonly sector: string;
  readonly stocks: number;
  /** Of all its stocks, money; `null` without a stock that was tested. */
  readonly pnl: number | null;
  readonly averageReturnPct: number | null;
  readonly medianReturnPct: number | null;
  /** Percent of its stocks. */
  readonly profitablePct: number | null;
  /** Percent of all trades. */
  readonly winRatePct: number | null;
  readonly tradesPerStock: number | null;
}

/** The sectors as rows, the largest profit first. */
export function toSectors({ by_sector }: MacroStatistics): readonly SectorRow[] {
  return Object.entries(by_sector)
    .map(([sector, group]) => ({
      sector,
      stocks: group.stocks,
      pnl: group.pnl && group.pnl.avg * group.stocks,
      averageReturnPct: group.return_pct?.avg ?? null,
      medianReturnPct: group.return_pct?.median ?? null,
      profitablePct: group.profitability_rate,
      winRatePct: group.win_rate,
      tradesPerStock: group.avg_trades_per_stock,
    }))
    .sort((one, other) => (other.pnl ?? 0) - (one.pnl ?? 0));
}
