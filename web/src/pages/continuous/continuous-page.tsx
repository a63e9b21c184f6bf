import type { ContinuousStatus } from '@fast-scanner/client';
import { useContinuous } from '@fast-scanner/client/react';
import { Stack } from '@mantine/core';
import { DataSourceBadge } from '../../components/data-source-badge.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { OfflineNotice } from '../../components/offline-notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Section } from '../../components/section.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { HeatMap } from './heat-map.tsx';
import { LoopTable } from './loop-table.tsx';
import { MarketGauges } from './market-gauges.tsx';
import { BufferFacts, FollowedPanel, RunningBadge, StopButton } from './running-panel.tsx';
import { SignalsSection } from './signals-section.tsx';
import { StartForm } from './start-form.tsx';
import { TrainingData } from './training-data.tsx';
import { useContinuousStatus } from './use-continuous-status.ts';

/** As many as the server holds: filters look into all of them. */
const ALL_SIGNALS = { limit: 1000 };

/** The scanner that never ends: started, stopped, watched. */
export function ContinuousPage() {
  const live = useContinuous(ALL_SIGNALS);
  const read = useContinuousStatus(live.status);
  const status = read.data ?? live.status;
  return (
    <>
      <PageHeader
        title="Continuous"
        description={
          status ? <Summary {...status} /> : 'Follows a market and says what every closed candle means.'
        }
        badges={
          status && (
            <>
              <RunningBadge isRunning={status.running} />
              {status.data_sources.map((dataSource) => (
                <DataSourceBadge key={dataSource.exchange} dataSource={dataSource} />
              ))}
            </>
          )
        }
        actions={status?.running && <StopButton />}
      />
      <OfflineNotice />
      <Stack gap="md">
        {(live.error ?? read.error) && (
          <ErrorState
            title={status ? 'The page may be out of date' : 'The scanner’s state is not known'}
            error={live.error ?? read.error}
            onRetry={() => void Promise.all([live.refresh(), read.refetch()])}
          />
        )}
        {!status && !live.error && <LoadingState label="Loading the continuous scanner" />}
        {status && !status.running && <StartForm config={status.config} />}
        {status && (status.running || live.signals.length > 0) && <Follow live={live} status={status} />}
      </Stack>
    </>
  );
}

function Summary({ running, started_at, symbols }: ContinuousStatus) {
  if (!running) return <>Follows a market and says what every closed candle means. It does not run now.</>;
  return (
    <>
      Follows {symbols.length} symbols since <TimeText value={started_at} /> (
      <TimeText value={started_at} style="age" />
      ).
    </>
  );
}

interface FollowProps {
  readonly live: ReturnType<typeof useContinuous>;
  readonly status: ContinuousStatus;
}

function Follow({ live: { signals, marketState }, status }: FollowProps) {
  const { running, streams, buffer_stats } = status;
  return (
    <>
      <MarketGauges state={marketState ?? status.market_state} />
      <Section title="Loops" description="What it does again and again, and whether it comes to it.">
        <LoopTable streams={streams} isRunning={running} />
      </Section>
      <SignalsSection signals={signals} />
      <HeatMap signals={signals} />
      {running && (
        <Section title="In memory" description="What is followed, with which settings, and how much is held.">
          <BufferFacts {...buffer_stats} />
          <FollowedPanel {...status} />
        </Section>
      )}
      {running && <TrainingData {...status} />}
    </>
  );
}
