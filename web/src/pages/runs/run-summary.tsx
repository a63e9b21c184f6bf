import type { RunMetadata } from '@fast-scanner/client';
import { Text } from '@mantine/core';
import { FactList } from '../../components/fact-list.tsx';
import { Section } from '../../components/section.tsx';
import { capitalize } from '../../format/capitalize.ts';
import { formatDuration } from '../../format/format-duration.ts';
import { formatNumber } from '../../format/format-number.ts';

/** How the run came out, in a sentence and in numbers. */
export function RunSummarySection({ metadata }: { readonly metadata: RunMetadata }) {
  return (
    <Section title="Summary">
      <Text>{capitalize(metadata.summary)}</Text>
      {metadata.selection_note && (
        <Text size="sm" c="dimmed">
          {metadata.selection_note}
        </Text>
      )}
      <FactList facts={toFacts(metadata)} />
    </Section>
  );
}

function toFacts(metadata: RunMetadata) {
  const { requested, scanned, total, rejected, failed, skipped } = metadata;
  return [
    { label: 'Signals', value: formatNumber(total) },
    { label: 'Rejected', value: formatNumber(rejected) },
    { label: 'Failed', value: formatNumber(failed) },
    ...(skipped > 0 ? [{ label: 'Skipped', value: formatNumber(skipped) }] : []),
    { label: 'Scanned', value: `${formatNumber(scanned)} of ${formatNumber(requested)}` },
    {
      label: 'Timeframes',
      value: metadata.applied_timeframes.join(' '),
      help: `Side, score and plan come from ${metadata.primary_timeframe}; without enough candles of ${metadata.critical_timeframes.join(', ')} a symbol is rejected.`,
    },
    { label: 'Minimum score', value: formatNumber(metadata.effective_min_score) },
    { label: 'Minimum R:R', value: formatNumber(metadata.min_risk_reward, 1) },
    { label: 'Leverage', value: `${metadata.leverage} ×` },
    { label: 'Took', value: formatDuration(metadata.duration_ms) },
  ];
}
