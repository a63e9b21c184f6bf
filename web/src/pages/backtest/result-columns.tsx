import type { DataColumn } from '../../components/data-table/data-column.ts';
import { numberColumn } from '../../components/data-table/number-column.ts';
import { DirectionText } from '../../components/direction-text.tsx';
import { formatNumber, formatPercent } from '../../format/format-number.ts';

type Figure<Row> = (row: Row) => number | null;

/** Profit and loss in the currency of the stocks. */
export function pnlColumn<Row>(value: Figure<Row>): DataColumn<Row> {
  return numberColumn({
    id: 'pnl',
    header: 'Profit and loss',
    width: '140px',
    value,
    show: (pnl) => <DirectionText value={pnl} format="number" decimals={0} />,
  });
}

/** How a return is written, percent. */
export function showReturn(value: number | null) {
  return <DirectionText value={value} decimals={1} />;
}

/** How a share of trades or stocks is written, percent. */
export function showShare(value: number | null): string {
  return value === null ? '–' : `${formatNumber(value)} %`;
}

/** How a drawdown is written, a positive ratio. */
export function showDrawdown(value: number | null): string {
  return formatPercent(value === null ? null : -100 * value, 1);
}

/** How a ratio such as Sharpe's is written. */
export function showRatio(value: number | null): string {
  return formatNumber(value, 2);
}
