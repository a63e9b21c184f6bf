import type { SweepVariant } from '@fast-scanner/client';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { numberColumn } from '../../components/data-table/number-column.ts';
import { toTitle } from '../../format/to-title.ts';
import { showDrawdown, showRatio, showReturn } from './result-columns.tsx';

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
    numberColumn({
      id: `${side} sharpe`,
      header: `Sharpe, ${when}`,
      width: '130px',
      value: (variant) => variant[side].sharpe_ratio,
      show: showRatio,
    }),
    numberColumn({
      id: `${side} return`,
      header: `Return, ${when}`,
      width: '130px',
      value: (variant) => variant[side].return_pct,
      show: showReturn,
    }),
    numberColumn({
      id: `${side} drawdown`,
      header: `Drawdown, ${when}`,
      width: '150px',
      minTableWidth: 900,
      value: (variant) => variant[side].max_drawdown,
      show: showDrawdown,
    }),
  ];
}
