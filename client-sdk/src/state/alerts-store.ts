import type { Alert, AlertRule, AlertRulesInput, AlertsQuery } from '@fast-scanner/shared';
import { toClientError } from '../client-error.ts';
import type { ScannerClient } from '../create-scanner-client.ts';
import { type LiveState, LiveStore } from './live-store.ts';
import type { ReadableStore } from './readable-store.ts';
import { sharedStore } from './store-registry.ts';

/** The alerts that fired last, and the rules behind them. */
export interface AlertsState extends LiveState {
  /** Newest first. */
  readonly alerts: readonly Alert[];
  /** `null` until they were read. */
  readonly rules: readonly AlertRule[] | null;
}

export interface AlertsActions {
  readonly refresh: () => Promise<void>;
  /** Replaces all rules. Resolves with whether the server took them; why not is in `error`. */
  readonly saveRules: (rules: AlertRulesInput) => Promise<boolean>;
}

export interface AlertsStore extends ReadableStore<AlertsState>, AlertsActions {}

/** As many as the server answers unless told otherwise. */
const USUAL_LIMIT = 50;

/** The alerts that match a query; shared by all who ask for the same. */
export function alertsStore(client: ScannerClient, query: Partial<AlertsQuery> = {}): AlertsStore {
  return sharedStore(client, `alerts ${JSON.stringify(query)}`, () => createAlertsStore(client, query));
}

function createAlertsStore(client: ScannerClient, query: Partial<AlertsQuery>): AlertsStore {
  const store = new LiveStore<AlertsState, Alert>({
    initial: { alerts: [], rules: null, isLoading: true, error: null },
    watch: (onNews, options) => client.watchAlerts(onNews, options),
    read: async (options) => {
      const [{ alerts }, { rules }] = await Promise.all([
        client.alerts(query, options),
        client.alertRules(options),
      ]);
      return (state) => ({ ...state, alerts, rules });
    },
    onNews: (state, alert) => foldAlert(state, alert, query),
  });
  const { getSnapshot, subscribe, refresh, change } = store;
  const saveRules = async (input: AlertRulesInput) => {
    try {
      const { rules } = await client.updateAlertRules(input);
      change((state) => ({ ...state, rules, error: null }));
      return true;
    } catch (error) {
      change((state) => ({ ...state, error: toClientError(error) }));
      return false;
    }
  };
  return { getSnapshot, subscribe, refresh, saveRules };
}

function foldAlert(state: AlertsState, alert: Alert, query: Partial<AlertsQuery>): AlertsState {
  if (!isAskedFor(alert, query) || state.alerts.some(({ seq }) => seq === alert.seq)) return state;
  return { ...state, alerts: [alert, ...state.alerts].slice(0, query.limit ?? USUAL_LIMIT) };
}

function isAskedFor(alert: Alert, { symbol, exchange, timeframe }: Partial<AlertsQuery>): boolean {
  return (
    (symbol === undefined || alert.symbol === symbol) &&
    (exchange === undefined || alert.exchange === exchange) &&
    (timeframe === undefined || alert.timeframe === timeframe)
  );
}
