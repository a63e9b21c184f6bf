import type { RunSignal } from '@fast-scanner/shared';
import { formatNumber, formatPrice } from '../format-cells.ts';
import type { Paint } from '../palette.ts';
import { type Column, renderTable, toneOfDirection } from '../render-table.ts';

const COLUMNS: readonly Column<RunSignal>[] = [
  { title: 'Symbol', align: 'left', text: ({ symbol }) => symbol },
  {
    title: 'Side',
    align: 'left',
    text: ({ direction }) => direction,
    tone: ({ direction }) => toneOfDirection(direction),
  },
  { title: 'Score', align: 'right', text: ({ score }) => formatNumber(score, 1) },
  { title: 'Price', align: 'right', text: ({ current_price }) => formatPrice(current_price) },
  {
    title: 'Entry zone',
    align: 'right',
    text: ({ entry_near, entry_far }) => `${formatPrice(entry_near)} – ${formatPrice(entry_far)}`,
  },
  { title: 'Stop', align: 'right', text: ({ stop_loss }) => formatPrice(stop_loss) },
  {
    title: 'Targets',
    align: 'left',
    text: ({ targets }) =>
      targets.map(({ level, percentage }) => `${formatPrice(level)} (${percentage} %)`).join(' '),
  },
  {
    title: 'R:R',
    align: 'right',
    text: ({ targets }) => formatNumber(targets[0]?.risk_reward, 1),
  },
  { title: 'Setup', align: 'left', text: ({ setup_type }) => setup_type },
];

const LIQUIDATION: Column<RunSignal> = {
  title: 'Liquidation',
  align: 'right',
  text: ({ liquidation_price }) => formatPrice(liquidation_price),
};

/** The signals of a run in their order. R:R is that of the first target; the share of the position to close stands behind each target. */
export function renderSignals(signals: readonly RunSignal[], paint: Paint): string {
  const isLeveraged = signals.some(({ liquidation_price }) => liquidation_price !== null);
  return renderTable(isLeveraged ? [...COLUMNS, LIQUIDATION] : COLUMNS, signals, paint);
}
