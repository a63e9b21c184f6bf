import type { MarketState } from '@fast-scanner/shared';
import { formatCount, formatNumber, formatShare } from '../format-cells.ts';

/** `breadth 0.63 bullish · 12 up, 7 down, 1 unchanged, 100 % known · volatility medium · 5 active signals` */
export function describeMarketState({ breadth, volatility_regime, active_signals }: MarketState): string {
  const { advancing, declining, unchanged, breadth_ratio, market_bias, coverage } = breadth;
  return [
    `breadth ${formatNumber(breadth_ratio, 2)} ${market_bias}`,
    `${advancing} up, ${declining} down, ${unchanged} unchanged, ${formatShare(coverage, 0)} known`,
    `volatility ${volatility_regime}`,
    formatCount(active_signals, 'active signal'),
  ].join(' · ');
}
