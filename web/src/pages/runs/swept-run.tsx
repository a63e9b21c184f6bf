import type { ClientError, RunSummary } from '@fast-scanner/client';
import type { ScanRun } from '@fast-scanner/client/react';
import { Alert, Text } from '@mantine/core';
import { Archive } from 'lucide-react';
import { FactList } from '../../components/fact-list.tsx';
import { Section } from '../../components/section.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { formatDuration } from '../../format/format-duration.ts';
import { formatNumber } from '../../format/format-number.ts';
import { runDuration } from './run-duration.ts';

/** A run whose findings are not kept any more, with what is left of it. */
export function SweptRun({ run: { error } }: { readonly run: ScanRun }) {
  const summary = toSummary(error);
  return (
    <>
      <Alert variant="light" color="gray" icon={<Archive aria-hidden />} title="Only the summary is left">
        <Text size="sm">
          The server keeps what a run found for a while after its end, by default an hour. This one was swept:
          its signals and rejections are gone, its numbers are kept longer.
        </Text>
      </Alert>
      {summary && (
        <Section title="Summary">
          <FactList facts={toFacts(summary)} />
        </Section>
      )}
    </>
  );
}

function toSummary(error: ClientError | null): RunSummary | null {
  return (error?.summary ?? null) as RunSummary | null; // by the server's contract
}

function toFacts({ signals, rejected, failed, skipped, total, ...run }: RunSummary) {
  return [
    { label: 'Symbols', value: formatNumber(total) },
    { label: 'Signals', value: formatNumber(signals) },
    { label: 'Rejected', value: formatNumber(rejected) },
    { label: 'Failed', value: formatNumber(failed) },
    { label: 'Skipped', value: formatNumber(skipped) },
    { label: 'Asked for', value: <TimeText value={run.created_at} /> },
    { label: 'Ended', value: <TimeText value={run.completed_at} /> },
    { label: 'Took', value: formatDuration(runDuration(run)) },
  ];
}
