import type { MarketRegime } from '@fast-scanner/client';
import { Stack, Text } from '@mantine/core';
import { FactList } from '../../components/fact-list.tsx';
import { SignalBadge } from '../../components/signal-badge.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { formatNumber, formatShare } from '../../format/format-number.ts';

/** What kind of market it is, on three axes. */
export function RegimeCard({ regime }: { readonly regime: MarketRegime }) {
  const { confidence, volatility, volatilityPercentile, persistence, adx, since, rationale } = regime;
  const percentile =
    volatilityPercentile === null ? '' : ` (percentile ${formatNumber(volatilityPercentile)})`;
  return (
    <Stack gap="sm">
      <FactList
        facts={[
          { label: 'Direction', value: <SignalBadge signal={regime.regime} /> },
          { label: 'Confidence', value: formatShare(confidence) },
          {
            label: 'Volatility',
            value: `${volatility}${percentile}`,
            help: "ATR percent among the symbol's own history.",
          },
          { label: 'Persistence', value: persistence.replace('_', ' ') },
          { label: 'ADX', value: formatNumber(adx, 1) },
          { label: 'Since', value: since === null ? 'before the data' : <TimeText value={since} /> },
        ]}
      />
      <Text size="sm" c="dimmed">
        {rationale}
      </Text>
    </Stack>
  );
}
