import { symbolPath } from '../../app/page-paths.ts';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { DirectionText } from '../../components/direction-text.tsx';
import { PriceText } from '../../components/price-text.tsx';
import { RowLink } from '../../components/row-link.tsx';
import { ScoreBar } from '../../components/score-bar.tsx';
import { SignalBadge } from '../../components/signal-badge.tsx';
import { Sparkline } from '../../components/sparkline.tsx';
import { directionColor, directionOf } from '../../format/direction.ts';
import { formatNumber } from '../../format/format-number.ts';
import type { ScanRow } from './scan-row.ts';
import { SymbolStatusIcon } from './symbol-status.tsx';

/** Where a row leads to. */
export function rowPath({ result: { symbol, exchange, timeframe } }: ScanRow): string {
  return symbolPath(symbol, { exchange, timeframe });
}

/** The columns of the scanner's table; the deep ones stay empty until a symbol has been analysed. */
export const SCAN_COLUMNS: readonly DataColumn<ScanRow>[] = [
  {
    id: 'status',
    header: 'Status',
    hidesHeader: true,
    help: 'How far the symbol is',
    cell: ({ result: { status }, failure }) => <SymbolStatusIcon status={status} failure={failure} />,
    width: '40px',
    align: 'center',
  },
  {
    id: 'symbol',
    header: 'Symbol',
    cell: (row) => <RowLink href={rowPath(row)}>{row.result.symbol}</RowLink>,
    value: ({ result }) => result.symbol,
    isSearched: true,
    width: 'minmax(104px, 1.2fr)',
  },
  {
    id: 'sparkline',
    header: 'Last candles',
    help: 'Closes of the newest candles',
    cell: ({ result }) => <Sparkline values={result.sparkline} />,
    width: '112px',
    minTableWidth: 760,
  },
  {
    id: 'signal',
    header: 'Signal',
    cell: ({ result }) => <SignalBadge signal={result.signal} />,
    value: ({ result }) => result.score,
    align: 'left',
    width: '96px',
  },
  {
    id: 'strength',
    header: 'Strength',
    help: 'How strongly the weighted factors agree, 0–100',
    cell: ({ result: { strength, signal } }) => (
      <ScoreBar value={strength} label="Strength" color={directionColor(directionOf(signal))} />
    ),
    value: ({ result }) => result.strength,
    align: 'right',
    width: 'minmax(96px, 1fr)',
    minTableWidth: 460,
  },
  {
    id: 'score',
    header: 'Opportunity',
    help: 'Opportunity score of the deep analysis, 0–100',
    cell: ({ result: { deepAnalysis } }) => (
      <ScoreBar value={deepAnalysis?.opportunity_score ?? null} label="Opportunity score" />
    ),
    value: ({ result }) => result.deepAnalysis?.opportunity_score ?? null,
    align: 'right',
    width: 'minmax(124px, 1fr)',
    minTableWidth: 560,
  },
  {
    id: 'regime',
    header: 'Regime',
    help: 'What the market of the symbol does, and how surely',
    cell: ({ result: { deepAnalysis } }) => <Regime deepAnalysis={deepAnalysis} />,
    value: ({ result }) => result.deepAnalysis?.market_regime.regime ?? null,
    isSearched: true,
    width: '148px',
    minTableWidth: 900,
  },
  {
    id: 'rr',
    header: 'R:R',
    help: 'Reward for each unit of risk of the plan; empty when there is no plan',
    cell: ({ result: { deepAnalysis } }) => (
      <span title={deepAnalysis?.sl_tp_reason ?? undefined}>
        {formatNumber(deepAnalysis?.sl_tp?.riskReward, 2)}
      </span>
    ),
    value: ({ result }) => result.deepAnalysis?.sl_tp?.riskReward ?? null,
    align: 'right',
    width: '72px',
    minTableWidth: 680,
  },
  {
    id: 'price',
    header: 'Price',
    help: 'When it was scanned',
    cell: ({ result }) => <PriceText value={result.price} />,
    value: ({ result }) => result.price,
    align: 'right',
    width: 'minmax(116px, 0.8fr)',
    minTableWidth: 620,
  },
  {
    id: 'change',
    header: '24 h',
    cell: ({ result }) => <DirectionText value={result.change24h} />,
    value: ({ result }) => result.change24h,
    align: 'right',
    width: '92px',
  },
];

type DeepAnalysis = ScanRow['result']['deepAnalysis'];

function Regime({ deepAnalysis }: { readonly deepAnalysis: DeepAnalysis }) {
  if (!deepAnalysis) return '–';
  const { regime, confidence } = deepAnalysis.market_regime;
  return <SignalBadge signal={regime} label={`${regime} ${formatNumber(confidence * 100)} %`} />;
}
