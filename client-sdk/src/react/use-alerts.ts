import { useEffect, useMemo, useRef } from 'react';
import { type Alert, type AlertsActions, type AlertsQuery, type AlertsState, alertsStore } from '../index.ts';
import { useScannerClient } from './scanner-provider.tsx';
import { useStoreWithActions } from './use-store.ts';

export interface UseAlertsOptions extends Partial<AlertsQuery> {
  /** Called for every alert that fires from now on, whatever the query, also while the page is hidden: to notify somebody. */
  readonly onAlert?: ((alert: Alert) => void) | undefined;
}

/** The newest alerts and the rules, and what can be done with them. */
export interface Alerts extends AlertsState, AlertsActions {}

/**
 * The alerts that fired last, newest first, as they fire, and the rules behind them.
 * @example
 * const { alerts, rules, saveRules } = useAlerts({ limit: 20, onAlert: ({ detail }) => new Notification(detail) });
 * {alerts.map((alert) => <li key={alert.seq}>{alert.symbol}: {alert.detail}</li>)}
 */
export function useAlerts({ onAlert, ...query }: UseAlertsOptions = {}): Alerts {
  const client = useScannerClient();
  const listener = useRef(onAlert);
  useEffect(() => {
    listener.current = onAlert;
  });
  const wantsAlerts = onAlert !== undefined;
  useEffect(() => {
    if (wantsAlerts) return client.watchAlerts((alert) => listener.current?.(alert));
  }, [client, wantsAlerts]);
  const name = JSON.stringify(query);
  return useStoreWithActions(useMemo(() => alertsStore(client, JSON.parse(name)), [client, name]));
}
