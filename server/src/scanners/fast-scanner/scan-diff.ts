import type { ScanResult, SignalChange } from '@fast-scanner/shared';

/** Strength must move by this many points to count as a change. */
const STRENGTH_STEP = 15;
/** Price must move by this many percent … */
const PRICE_STEP_PCT = 3;
/** … or by this many ATRs. */
const PRICE_STEP_ATR = 2;

/**
 * What changed from one scan's results to another's, symbol by symbol: new, dropped, flipped (to the other side),
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

function flip({ signal: from }: ScanResult, { symbol, signal: to }: ScanResult): SignalChange | null {
  if (from === to) return null;
  return { symbol, change: 'flipped', from, to, delta: null, detail: `${symbol} went from ${from} to ${to}` };
}

function strengthStep(before: ScanResult, after: ScanResult): SignalChange | null {
  const delta = after.strength - before.strength;
  if (before.signal !== after.signal || Math.abs(delta) < STRENGTH_STEP) return null;
  return {
    symbol: after.symbol,
    change: delta > 0 ? 'strengthened' : 'weakened',
    from: before.strength.toFixed(0),
    to: after.strength.toFixed(0),
    delta,
    detail: `${after.symbol} ${after.signal} ${delta > 0 ? 'gained' : 'lost'} ${Math.abs(delta).toFixed(0)} points`,
  };
}

function priceMove(before: ScanResult, after: ScanResult): SignalChange | null {
  const deltaPct = (after.price / before.price - 1) * 100;
  const atr = before.indicators.atr;
  const inAtr = atr ? Math.abs(after.price - before.price) / atr : 0;
  if (Math.abs(deltaPct) < PRICE_STEP_PCT && inAtr < PRICE_STEP_ATR) return null;
  return {
    symbol: after.symbol,
    change: 'price_move',
    from: String(before.price),
    to: String(after.price),
    delta: deltaPct,
    detail: `${after.symbol} moved ${deltaPct.toFixed(2)} % (${inAtr.toFixed(1)} ATR)`,
  };
}

function regimeChange(before: ScanResult, after: ScanResult): SignalChange | null {
  const from = before.deepAnalysis?.market_regime.regime;
  const to = after.deepAnalysis?.market_regime.regime;
  if (!from || !to || from === to) return null;
  const detail = `${after.symbol} went from ${from} to ${to}`;
  return { symbol: after.symbol, change: 'regime_change', from, to, delta: null, detail };
}
