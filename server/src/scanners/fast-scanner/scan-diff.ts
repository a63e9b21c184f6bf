import { DEFAULT_THRESHOLDS, type ScanResult, type SignalChange } from '@fast-scanner/shared';
import {
  describePrice,
  describeStrength,
  describeTurn,
  measurePrice,
  measureStrength,
} from './scan-moves.ts';

const { strengthened: STRENGTH_STEP, price_move: PRICE_STEP } = DEFAULT_THRESHOLDS;

/**
 * What changed from one scan's results to another's, symbol by symbol: new, dropped, flipped (to another signal),
 * strengthened or weakened (≥ 15 points on the same signal), price move (≥ 3 % or ≥ 2 ATR), regime change.
 * Changes of one symbol come in that order, symbols in the order of the later scan, dropped ones last.
 */
export function compareScans(before: readonly ScanResult[], after: readonly ScanResult[]): SignalChange[] {
  const earlier = new Map(before.map((result) => [result.symbol, result]));
  const later = new Set(after.map(({ symbol }) => symbol));
  const changed = after.flatMap((result) => {
    const previous = earlier.get(result.symbol);
    return previous ? compareSymbol(previous, result) : [appeared(result)];
  });
  return [...changed, ...before.filter(({ symbol }) => !later.has(symbol)).map(disappeared)];
}

function appeared({ symbol, signal }: ScanResult): SignalChange {
  return {
    symbol,
    change: 'new',
    from: null,
    to: signal,
    delta: null,
    detail: `${symbol} is new: ${signal}`,
  };
}

function disappeared({ symbol, signal }: ScanResult): SignalChange {
  const detail = `${symbol} has no signal any more; it was ${signal}`;
  return { symbol, change: 'dropped', from: signal, to: null, delta: null, detail };
}

function compareSymbol(before: ScanResult, after: ScanResult): SignalChange[] {
  const changes = [
    flip(before, after),
    strengthStep(before, after),
    priceMove(before, after),
    regimeChange(before, after),
  ];
  return changes.filter((change) => change !== null);
}

function flip({ signal: from }: ScanResult, after: ScanResult): SignalChange | null {
  const { symbol, signal: to } = after;
  if (from === to) return null;
  return { symbol, change: 'flipped', from, to, delta: null, detail: describeTurn(after, from, to) };
}

function strengthStep(before: ScanResult, after: ScanResult): SignalChange | null {
  const delta = measureStrength(before, after);
  if (delta === null || Math.abs(delta) < STRENGTH_STEP) return null;
  return {
    symbol: after.symbol,
    change: delta > 0 ? 'strengthened' : 'weakened',
    from: before.strength.toFixed(0),
    to: after.strength.toFixed(0),
    delta,
    detail: describeStrength(after, delta),
  };
}

function priceMove(before: ScanResult, after: ScanResult): SignalChange | null {
  const move = measurePrice(before, after);
  if (Math.abs(move.pct) < PRICE_STEP.percent && (move.atrs ?? 0) < PRICE_STEP.atr) return null;
  return {
    symbol: after.symbol,
    change: 'price_move',
    from: String(before.price),
    to: String(after.price),
    delta: move.pct,
    detail: describePrice(after, move),
  };
}

function regimeChange(before: ScanResult, after: ScanResult): SignalChange | null {
  const from = before.deepAnalysis?.market_regime.regime;
  const to = after.deepAnalysis?.market_regime.regime;
  if (!from || !to || from === to) return null;
  const detail = describeTurn(after, from, to);
  return { symbol: after.symbol, change: 'regime_change', from, to, delta: null, detail };
}
