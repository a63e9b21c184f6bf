import type { MarketScanEvents } from '@fast-scanner/shared';
import type { OutputStream } from '../cli-context.ts';
import { formatCount, formatMoney, NO_VALUE } from '../format-cells.ts';
import { createProgressView, type ProgressView } from '../progress-view.ts';

/** How far a market scan is, as a bar on a terminal, else with a line for each event. */
export interface MarketProgress {
  readonly view: ProgressView;
  readonly begin: (event: Pick<MarketScanEvents['start'], 'total'>) => void;
  readonly advance: (event: MarketScanEvents['progress']) => void;
}

const TITLES = { scan: 'Market scan', sweep: 'Sweep' } as const;

export function createMarketProgress(stream: OutputStream, kind: 'scan' | 'sweep'): MarketProgress {
  const view = createProgressView(stream);
  const title = TITLES[kind];
  const pnlOf = ({ current_pnl }: MarketScanEvents['progress']) =>
    kind === 'scan' ? `PnL: ${formatMoney(current_pnl)}` : null; // the variants of a sweep have no profit in common
  return {
    view,
    begin: ({ total }) => {
      view.line(`Testing ${formatCount(total, 'stock')} …`);
      if (stream.isTTY) view.update({ title, done: 0, total, symbol: '', etaSeconds: null });
    },
    advance: (event) => {
      const { current: done, total, ticker, eta_seconds: etaSeconds } = event;
      const pnl = pnlOf(event);
      if (stream.isTTY) {
        const symbol = pnl === null ? ticker : `${ticker} · ${pnl}`;
        view.update({ title, done, total, symbol, etaSeconds });
      } else stream.write(`${progressLine(event, pnl)}\n`);
    },
  };
}

/** `Progress: 5.0% (25/503) - Current: AAPL - ETA: 8m 45s - PnL: $1,250`. */
function progressLine(
  { current, total, ticker, eta_seconds }: MarketScanEvents['progress'],
  pnl: string | null,
): string {
  const pct = total === 0 ? 100 : (current / total) * 100;
  return [
    `Progress: ${pct.toFixed(1)}% (${current}/${total})`,
    `Current: ${ticker}`,
    `ETA: ${formatShortEta(eta_seconds)}`,
    ...(pnl === null ? [] : [pnl]),
  ].join(' - ');
}

/** `8m 45s`, `1h 2m`. */
function formatShortEta(seconds: number | null): string {
  if (seconds === null) return NO_VALUE;
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole}s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes}m ${whole % 60}s` : `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}
