import type { Alert } from '@fast-scanner/shared';
import { DATA_LABELS } from '../data-labels.ts';
import { formatMinute, formatPrice, NO_VALUE } from '../format-cells.ts';
import type { Paint } from '../palette.ts';
import { type Column, renderTable } from '../render-table.ts';
import { toneOfAlert } from './alert-tone.ts';

const COLUMNS: readonly Column<Alert>[] = [
  { title: 'Fired', align: 'left', text: ({ timestamp }) => formatMinute(timestamp) },
  { title: 'Rule', align: 'left', text: ({ ruleId }) => ruleId },
  { title: 'Symbol', align: 'left', text: ({ symbol }) => symbol },
  { title: 'Candles', align: 'left', text: ({ timeframe }) => timeframe },
  { title: 'Closed', align: 'left', text: ({ candleCloseTime }) => formatMinute(candleCloseTime) },
  { title: 'What', align: 'left', text: ({ detail }) => detail, tone: toneOfAlert },
  { title: 'Price', align: 'right', text: ({ price }) => formatPrice(price) },
  { title: 'Exchange', align: 'left', text: ({ exchange }) => exchange },
  {
    title: 'Data',
    align: 'left',
    text: ({ dataSource }) => (dataSource ? DATA_LABELS[dataSource.kind] : NO_VALUE),
  },
];

/** Alerts in their order. */
export function renderAlerts(alerts: readonly Alert[], paint: Paint): string {
  return renderTable(COLUMNS, alerts, paint);
}
