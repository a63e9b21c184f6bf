import {
  type AlertOutcome,
  type AlertRule,
  type AlertVerdict,
  assertNever,
  DEFAULT_THRESHOLDS,
  type PriceMoveUnit,
  type ScanResult,
} from '@fast-scanner/shared';
import {
  describeConfluence,
  describePrice,
  describeStrength,
  describeTurn,
  measurePrice,
  measureStrength,
} from './scan-moves.ts';

/** What a rule sees in two results of a symbol, before anybody asks whether it has fired already. */
export interface AlertReading extends Pick<AlertVerdict, 'from' | 'to' | 'delta' | 'detail'> {
  readonly outcome: Extract<AlertOutcome, 'fires' | 'below_threshold' | 'unchanged' | 'no_data'>;
}

type Watched = Pick<AlertRule, 'change' | 'threshold' | 'unit'>;

/** Reads two results of a symbol with the eyes of a rule. A level fires when it is reached from below, not while it is held. */
export function readCondition(rule: Watched, before: ScanResult, after: ScanResult): AlertReading {
  switch (rule.change) {
    case 'flipped':
      return readTurn(before.signal, after.signal, after);
    case 'strengthened':
    case 'weakened':
      return readStrength(rule, before, after);
    case 'price_move':
      return readPrice(rule, before, after);
    case 'regime_change':
      return readRegime(before, after);
    case 'score_above':
      return readScore(rule, before, after);
    case 'confluence_reached':
      return readConfluence(rule, before, after);
    default:
      return assertNever(rule.change);
  }
}

function readTurn(from: string, to: string, after: ScanResult): AlertReading {
  if (from === to) return { outcome: 'unchanged', from, to, delta: null, detail: `still ${to}` };
  return { outcome: 'fires', from, to, delta: null, detail: describeTurn(after, from, to) };
}

function readStrength({ change, threshold }: Watched, before: ScanResult, after: ScanResult): AlertReading {
  const ends = { from: before.strength.toFixed(0), to: after.strength.toFixed(0) };
  const delta = measureStrength(before, after);
  if (delta === null) return { outcome: 'unchanged', ...ends, delta, detail: 'the signal itself turned' };
  const gain = change === 'weakened' ? -delta : delta;
  const step = threshold ?? DEFAULT_THRESHOLDS.strengthened;
  const found = { ...ends, delta, detail: describeStrength(after, delta) };
  if (gain >= step) return { outcome: 'fires', ...found };
  if (gain <= 0) return { outcome: 'unchanged', ...found };
  return { outcome: 'below_threshold', ...found, detail: `${found.detail}, fewer than ${step}` };
}

function readPrice({ threshold, unit }: Watched, before: ScanResult, after: ScanResult): AlertReading {
  const move = measurePrice(before, after);
  const sizes = { percent: Math.abs(move.pct), atr: move.atrs };
  const units: readonly PriceMoveUnit[] = unit
    ? [unit]
    : threshold === null
      ? ['percent', 'atr']
      : ['percent'];
  const isEnough = units.some(
    (one) => (sizes[one] ?? 0) >= (threshold ?? DEFAULT_THRESHOLDS.price_move[one]),
  );
  const detail = describePrice(after, move);
  const found = { from: String(before.price), to: String(after.price), delta: move.pct, detail };
  if (isEnough) return { outcome: 'fires', ...found };
  if (move.pct === 0) return { outcome: 'unchanged', ...found };
  if (unit === 'atr' && move.atrs === null) return missing('the scan before has no ATR');
  const wanted = units.map((one) => formatMove(threshold ?? DEFAULT_THRESHOLDS.price_move[one], one));
  return { outcome: 'below_threshold', ...found, detail: `${detail}, less than ${wanted.join(' or ')}` };
}

function readRegime(before: ScanResult, after: ScanResult): AlertReading {
  if (!before.deepAnalysis || !after.deepAnalysis) return withoutAnalysis(before, after);
  return readTurn(before.deepAnalysis.market_regime.regime, after.deepAnalysis.market_regime.regime, after);
}

function readScore({ threshold }: Watched, before: ScanResult, after: ScanResult): AlertReading {
  if (!before.deepAnalysis || !after.deepAnalysis) return withoutAnalysis(before, after);
  const from = before.deepAnalysis.opportunity_score;
  const to = after.deepAnalysis.opportunity_score;
  const level = threshold ?? DEFAULT_THRESHOLDS.score_above;
  const ends = { from: from.toFixed(1), to: to.toFixed(1), delta: to - from };
  const detail = `${after.symbol} scores ${ends.to}, after ${ends.from}`;
  if (to < level) return { outcome: 'below_threshold', ...ends, detail: `${detail}; less than ${level}` };
  if (from >= level) return { outcome: 'unchanged', ...ends, detail: `${detail}; above ${level} already` };
  return { outcome: 'fires', ...ends, detail };
}

function readConfluence({ threshold }: Watched, before: ScanResult, after: ScanResult): AlertReading {
  if (!before.deepAnalysis || !after.deepAnalysis) return withoutAnalysis(before, after);
  const earlier = before.deepAnalysis.confluence;
  const later = after.deepAnalysis.confluence;
  const level = threshold ?? DEFAULT_THRESHOLDS.confluence_reached;
  const isReached = ({ alignment }: typeof later) => alignment >= level;
  const found = {
    from: earlier.alignment.toFixed(2),
    to: later.alignment.toFixed(2),
    delta: later.alignment - earlier.alignment,
    detail: describeConfluence(after, later),
  };
  if (later.bias === 'neutral') {
    return { outcome: 'below_threshold', ...found, detail: `${found.detail}; that is no side to agree on` };
  }
  if (!isReached(later)) {
    return { outcome: 'below_threshold', ...found, detail: `${found.detail}; less than ${level} agree` };
  }
  const isHeld = isReached(earlier) && earlier.bias === later.bias;
  if (isHeld) return { outcome: 'unchanged', ...found, detail: `${found.detail}; as before` };
  return { outcome: 'fires', ...found };
}

function withoutAnalysis(before: ScanResult, after: ScanResult): AlertReading {
  const which = after.deepAnalysis ? before : after;
  return missing(`the ${which === after ? 'newest' : 'earlier'} scan has no deep analysis of it`);
}

function missing(detail: string): AlertReading {
  return { outcome: 'no_data', from: null, to: null, delta: null, detail };
}

function formatMove(size: number, unit: PriceMoveUnit): string {
  return unit === 'atr' ? `${size} ATR` : `${size} %`;
}
