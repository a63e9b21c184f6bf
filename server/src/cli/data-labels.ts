import type { DataKind } from '@fast-scanner/shared';

/** How the kind of data is called wherever people read. */
export const DATA_LABELS: Readonly<Record<DataKind, string>> = {
  live: 'live market',
  recorded: 'recorded candles',
  simulated: 'simulated market',
};

/** What an exchange id gives. */
export function dataLabelOf(exchangeId: string): string {
  if (exchangeId === 'demo') return DATA_LABELS.simulated;
  return exchangeId === 'files' ? DATA_LABELS.recorded : DATA_LABELS.live;
}
