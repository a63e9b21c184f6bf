import type { AlertChange, AlertOutcome, AlertRule } from '@fast-scanner/client';

export interface AlertKind {
  readonly value: AlertChange;
  readonly label: string;
  /** What the rule waits for. */
  readonly help: string;
  /** Of the threshold; `null` when the kind has no size. */
  readonly threshold: {
    readonly label: string;
    /** What it is when the rule names none. */
    readonly usual: string;
    readonly max?: number;
    readonly step: number;
  } | null;
}

/** What a rule may watch from one scan to the next. */
export const ALERT_KINDS: readonly AlertKind[] = [
  { value: 'flipped', label: 'Signal flips', help: 'Such as from HOLD to BUY', threshold: null },
  {
    value: 'strengthened',
    label: 'Signal strengthens',
    help: 'The strength rises by so many points',
    threshold: { label: 'Points of strength', usual: '15', step: 5 },
  },
  {
    value: 'weakened',
    label: 'Signal weakens',
    help: 'The strength falls by so many points',
    threshold: { label: 'Points of strength', usual: '15', step: 5 },
  },
  {
    value: 'price_move',
    label: 'Price moves',
    help: 'Up or down, between two scans',
    threshold: { label: 'Size of the move', usual: '3 % or 2 ATRs, whichever comes first', step: 0.5 },
  },
  { value: 'regime_change', label: 'Regime changes', help: 'Such as from ranging to bull', threshold: null },
  {
    value: 'score_above',
    label: 'Opportunity score reached',
    help: 'The score comes to this from below',
    threshold: { label: 'Score', usual: '70', max: 100, step: 5 },
  },
  {
    value: 'confluence_reached',
    label: 'Confluence reached',
    help: 'So many of the timeframes come to agree',
    threshold: { label: 'Share of the timeframes, 0 to 1', usual: '0.75', max: 1, step: 0.05 },
  },
];

const LABELS = new Map(ALERT_KINDS.map(({ value, label }) => [value, label]));

export function kindLabel(change: AlertChange): string {
  return LABELS.get(change) ?? change;
}

export function kindOf(change: AlertChange): AlertKind | undefined {
  return ALERT_KINDS.find(({ value }) => value === change);
}

/** When the rule fires: "15 points of strength", "2 ATRs". */
export function thresholdText({ change, threshold, unit }: AlertRule): string {
  const kind = kindOf(change)?.threshold;
  if (!kind) return 'any';
  if (threshold === null && unit === null) return `usual (${kind.usual})`;
  if (change === 'price_move') return priceMoveText(threshold, unit);
  if (change === 'confluence_reached') return `${threshold} of the timeframes`;
  return change === 'score_above' ? `${threshold} of 100` : `${threshold} points`;
}

function priceMoveText(threshold: number | null, unit: AlertRule['unit']): string {
  if (unit === 'atr') return `${threshold ?? 'usual 2'} ATRs`;
  return `${threshold ?? 'usual 3'} %`;
}

/** Where the rule looks: "every symbol", "BTC/USDT, ETH/USDT on bybit, 1h candles". */
export function scopeText({ symbols, exchange, timeframe }: AlertRule): string {
  const names = symbols ?? [];
  const shown = names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '');
  return [
    symbols === null ? 'every symbol' : shown,
    exchange === null ? null : `on ${exchange}`,
    timeframe === null ? null : `${timeframe} candles`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** What a preview says of a rule and a symbol. */
export const OUTCOME_LABELS: Readonly<Record<AlertOutcome, string>> = {
  fires: 'Fires',
  already_fired: 'Fired for this candle',
  cooldown: 'Quiet after it fired',
  below_threshold: 'Too small',
  unchanged: 'Nothing happened',
  no_data: 'Not known',
  not_watched: 'Not watched',
};
