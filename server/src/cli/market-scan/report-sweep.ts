import type { CurveStatistics, SweepResult, SweepVariant } from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
import { DATA_LABELS } from '../data-labels.ts';
import { formatChange, formatCount, formatNumber, formatSeconds, formatShare } from '../format-cells.ts';
import { createPaint, type Paint } from '../palette.ts';
import { printJson } from '../print-json.ts';
import { type Column, renderTable } from '../render-table.ts';
import { renderCaveats, renderFailures } from './reservations.ts';

const MOST_SHOWN = 10;

/** Prints what a sweep came to. */
export function printSweep(
  result: SweepResult,
  { json }: { readonly json?: boolean },
  context: CliContext,
): void {
  const { stdout } = context;
  if (json) {
    printJson(stdout, result);
    return;
  }
  stdout.write(`\n${describeSweep(result)}\n\n${renderVariants(result.variants, createPaint(context))}`);
  stdout.write(`${describeLuck(result)}${result.verdict}\n`);
  stdout.write(`${renderFailures(result.failures)}${renderCaveats(result.caveats)}`);
}

function describeSweep(result: SweepResult): string {
  const { strategy, variants, exchange, data_source, interval, split_date } = result;
  return [
    `${strategy}, ${formatCount(variants.length, 'variant')}, judged on what follows ${split_date}`,
    [
      `${exchange}: ${DATA_LABELS[data_source.kind]}`,
      `${interval} candles`,
      `${result.successful} of ${formatCount(result.total_stocks, 'stock')}`,
      formatSeconds(result.total_time * 1000),
    ].join(' · '),
  ].join('\n');
}

/** The best variants before the split, with what became of them. */
function renderVariants(variants: readonly SweepVariant[], paint: Paint): string {
  const names = Object.keys(variants[0]?.parameters ?? {});
  const columns: readonly Column<SweepVariant>[] = [
    ...names.map(
      (name): Column<SweepVariant> => ({
        title: name,
        align: 'right',
        text: ({ parameters }) => String(parameters[name] ?? ''),
      }),
    ),
    ...figuresOf('before', ({ in_sample }) => in_sample),
    ...figuresOf('after', ({ out_of_sample }) => out_of_sample),
  ];
  const more = variants.length - MOST_SHOWN;
  const rest = more > 0 ? `… and ${formatCount(more, 'variant')} more; --json has them all.\n` : '';
  return `${renderTable(columns, variants.slice(0, MOST_SHOWN), paint)}${rest}`;
}

function figuresOf(
  when: string,
  part: (variant: SweepVariant) => CurveStatistics,
): readonly Column<SweepVariant>[] {
  const column = (title: string, text: (statistics: CurveStatistics) => string): Column<SweepVariant> => ({
    title: `${title} ${when}`,
    align: 'right',
    text: (variant) => text(part(variant)),
  });
  return [
    column('Sharpe', ({ sharpe_ratio }) => formatNumber(sharpe_ratio, 2)),
    column('CAGR', ({ cagr_pct }) => formatChange(cagr_pct)),
    column('drawdown', ({ max_drawdown }) => formatShare(max_drawdown)),
    column('trades', ({ total_trades }) => String(total_trades)),
  ];
}

function describeLuck({ deflated_sharpe: deflated }: SweepResult): string {
  if (deflated === null) return '';
  const { variants, expected_maximum, probability } = deflated;
  return (
    `Deflated Sharpe ratio: ${formatShare(probability)} (the best of ${variants} would have ` +
    `${formatNumber(expected_maximum, 2)} by luck alone).\n`
  );
}
