import type { MarketScanResult } from '@fast-scanner/client';
import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Section } from '../../components/section.tsx';

const DistributionChart = lazy(async () => ({
  default: (await import('./distribution-chart.tsx')).DistributionChart,
}));

/** How the returns of the stocks are spread. */
export function DistributionSection({ result }: { readonly result: MarketScanResult }) {
  return (
    <Section title="Spread of the returns" description="How many stocks had a return in each range.">
      <Suspense fallback={<Skeleton height={240} />}>
        <DistributionChart histogram={result.distribution} />
      </Suspense>
    </Section>
  );
}
