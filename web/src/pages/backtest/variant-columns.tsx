import type { SweepVariant } from '@fast-scanner/client';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { DirectionText } from '../../components/direction-text.tsx';
import { formatNumber, formatPercent } from '../../format/format-number.ts';
import { toTitle } from '../../format/to-title.ts';

type VariantColumn = DataColumn<SweepVariant>;

/** The values that were tried, then how each did in the past and afterwards. */
export function toVariantColumns(variants: readonly SweepVariant[]): readonly VariantColumn[] {
  const names = Object.keys(variants[0]?.parameters ?? {});
  return [...names.map(toParameterColumn), ...toSideColumns('in_sample'), ...toSideColumns('out_of_sample')];
}

export function variantId({ parameters }: SweepVariant): string {
  return JSON.stringify(parameters);
}

function toParameterColumn(name: string): VariantColumn {
  return {
    id: name,
    header: toTitle(name),
    width: 'minmax(90px, 1fr)',
    align: 'right',
    value: ({ parameters }) => parameters[name] ?? null,
    cell: ({ parameters }) => String(parameters[name] ?? '–'),
  };
}

function toSideColumns(side: 'in_sample' | 'out_of_sample'): readonly VariantColumn[] {
  const when = side === 'in_sample' ? 'past' : 'after';
  return [
    {
      id: `${side} sharpe`,
      header: `Sharpe, ${when}`,
      width: '130px',
      align: 'right',
      value: (variant) => variant[side].sharpe_ratio,
      cell: (variant) => formatNumber(variant[side].sharpe_ratio, 2),
    },
    {
      id: `${side} return`,
      header: `Return, ${when}`,
      width: '130px',
      align: 'right',
      value: (variant) => variant[side].return_pct,
      cell: (variant) => <DirectionText value={variant[side].return_pct} decimals={1} />,
    },
    {
      id: `${side} drawdown`,
      header: `Drawdown, ${when}`,
      width: '150px',
      align: 'right',
      minTableWidth: 900,
      value: (variant) => variant[side].max_drawdown,
      cell: (variant) => formatPercent(-100 * variant[side].max_drawdown, 1),
    },
  ];
}
