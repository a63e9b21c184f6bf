import type { MarketScanResult } from '@fast-scanner/client';
import { useMemo } from 'react';
import { CurveSection } from './curve-section.tsx';
import { DistributionSection } from './distribution-section.tsx';
import { FailedStocks } from './failed-stocks.tsx';
import { KeyFigures } from './key-figures.tsx';
import { ResultNotes } from './result-notes.tsx';
import { SectorSection } from './sector-section.tsx';
import { StockSection } from './stock-section.tsx';
import { toSectors } from './to-sectors.ts';

interface ResultViewProps {
  readonly jobId: string;
  readonly result: MarketScanResult;
}

/** What a market scan came to, from the whole to the single stock. */
export function ResultView({ jobId, result }: ResultViewProps) {
  const sectors = useMemo(() => toSectors(result.macro_statistics), [result]);
  return (
    <>
      <KeyFigures jobId={jobId} result={result} />
      <ResultNotes result={result} />
      <CurveSection result={result} />
      <DistributionSection result={result} />
      {sectors.length > 0 && <SectorSection sectors={sectors} />}
      <StockSection result={result} sectors={sectors} />
      {result.failures.length > 0 && <FailedStocks failures={result.failures} />}
    </>
  );
}
