import {
  ALERT_CHANGES,
  type Alert,
  type AlertChange,
  TIMEFRAMES,
  type Timeframe,
} from '@fast-scanner/client';
import { choiceField, textField } from '../../hooks/use-search-state.ts';

/** Which alerts are listed. */
export interface FiringsFilters {
  /** Part of the symbol. */
  readonly q: string;
  readonly change: AlertChange | null;
  /** Id of the rule; empty: any. */
  readonly rule: string;
  /** Empty: any. */
  readonly exchange: string;
  readonly timeframe: Timeframe | null;
}

export const FIRINGS_FIELDS = {
  q: textField(),
  change: choiceField(ALERT_CHANGES),
  rule: textField(),
  exchange: textField(),
  timeframe: choiceField(TIMEFRAMES),
};

/** Those of the alerts that the filters let through, in their order. */
export function filterAlerts(alerts: readonly Alert[], filters: FiringsFilters): readonly Alert[] {
  const text = filters.q.trim().toUpperCase();
  const { change, rule, exchange, timeframe } = filters;
  return alerts.filter(
    (alert) =>
      alert.symbol.includes(text) &&
      (change === null || alert.change === change) &&
      (rule === '' || alert.ruleId === rule) &&
      (exchange === '' || alert.exchange === exchange) &&
      (timeframe === null || alert.timeframe === timeframe),
  );
}

/** What the listed alerts can be filtered by, besides the one that is chosen. */
export function valuesOf(alerts: readonly Alert[], name: 'ruleId' | 'exchange', chosen: string): string[] {
  const found = new Set(alerts.map((alert) => alert[name]));
  if (chosen !== '') found.add(chosen);
  return [...found].sort();
}
