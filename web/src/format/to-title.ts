import { capitalize } from './capitalize.ts';

/** `trend_strength` and `trendStrength` as `Trend strength`. */
export function toTitle(name: string): string {
  const words = name
    .replaceAll('_', ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return capitalize(words);
}
