import { type MarketScanHook, useElapsed } from '@fast-scanner/client/react';
import { Text } from '@mantine/core';
import { DirectionText } from '../../components/direction-text.tsx';
import { FactList } from '../../components/fact-list.tsx';
import { ProgressPanel } from '../../components/progress-panel.tsx';
import { Section } from '../../components/section.tsx';
import { formatNumber } from '../../format/format-number.ts';
import { PnlChart } from './pnl-chart.tsx';
import { usePnlHistory } from './use-pnl-history.ts';

/** How far the test is, or came, with the running profit and loss. */
export function BacktestProgress({ scan, jobId }: { readonly scan: MarketScanHook; readonly jobId: string }) {
  const { phase, progress, isCancelling, cancel } = scan;
  const isRunning = phase === 'running';
  const elapsedMs = useElapsed(progress, isRunning);
  const points = usePnlHistory(jobId);
  return (
    <>
      {isRunning && (
        <ProgressPanel
          label="Testing"
          done={progress.processed}
          total={progress.total}
          current={progress.current}
          elapsedMs={elapsedMs}
          etaSeconds={progress.etaSeconds}
          onCancel={() => void cancel()}
          isCancelling={isCancelling}
        />
      )}
      <Section
        title="Profit and loss so far"
        description="The sum over the stocks that have been tested, each with the same money."
      >
        <FactList facts={toFacts(scan)} />
        {points.length > 1 ? (
          <PnlChart points={points} />
        ) : (
          <Text size="sm" c="dimmed">
            The curve begins with the tenth stock.
          </Text>
        )}
      </Section>
    </>
  );
}

function toFacts({ pnl, successful, failed, progress }: MarketScanHook) {
  return [
    { label: 'Profit and loss', value: <DirectionText value={pnl} format="number" decimals={0} /> },
    { label: 'Tested', value: formatNumber(successful) },
    { label: 'Failed', value: formatNumber(failed) },
    { label: 'Stocks', value: progress.total === 0 ? '–' : formatNumber(progress.total) },
  ];
}
