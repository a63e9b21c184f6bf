import {
  type AlertChange,
  type AlertOutcome,
  type AlertRule,
  DEFAULT_THRESHOLDS,
} from '@fast-scanner/client';

export interface AlertKind {
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

const { strengthened, weakened, price_move, score_above, confluence_reached } = DEFAULT_THRESHOLDS;

/** What a rule may watch from one scan to the next. */
export const ALERT_KINDS: Readonly<Record<AlertChange, AlertKind>> = {
  flipped: { label: 'Signal flips', help: 'Such as from HOLD to BUY', threshold: null },
  strengthened: {
    label: 'Signal strengthens',
    help: 'The strength rises by so many points',
    threshold: { label: 'Points of strength', usual: String(strengthened), step: 5 },
  },
  weakened: {
    label: 'Signal weakens',
    help: 'The strength falls by so many points',
    threshold: { label: 'Points of strength', usual: String(weakened), step: 5 },
  },
  price_move: {
    label: 'Price moves',
    help: 'Up or down, between two scans',
    threshold: {
      label: 'Size of the move',
      usual: `${price_move.percent} % or ${price_move.atr} ATRs, whichever comes first`,
      step: 0.5,
    },
  },
  regime_change: { label: 'Regime changes', help: 'Such as from ranging to bull', threshold: null },
  score_above: {
    label: 'Opportunity score reached',
    help: 'The score comes to this from below',
    threshold: { label: 'Score', usual: String(score_above), max: 100, step: 5 },
  },
  confluence_reached: {
    label: 'Confluence reached',
    help: 'So many of the timeframes come to agree',
    threshold: {
      label: 'Share of the timeframes, 0 to 1',
      usual: String(confluence_reached),
      max: 1,
      step: 0.05,
    },
  },
};

export function kindLabel(change: AlertChange): string {
  return ALERT_KINDS[change].label;
}

/** When the rule fires: "15 points of strength", "2 ATRs". */
export function thresholdText({ change, threshold, unit }: AlertRule): string {
  const kind = ALERT_KINDS[change].threshold;
  if (!kind) return 'any';
  if (threshold === null && unit === null) return `usual (${kind.usual})`;
  if (change === 'price_move') return priceMoveText(threshold, unit);
  if (change === 'confluence_reached') return `${threshold} of the timeframes`;
  return change === 'score_above' ? `${threshold} of 100` : `${threshold} points`;
}

function priceMoveText(threshold: number | null, unit: AlertRule['unit']): string {
  if (unit === 'atr') return `${threshold ?? `usual ${price_move.atr}`} ATRs`;
  return `${threshold ?? `usual ${price_move.percent}`} %`;
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
