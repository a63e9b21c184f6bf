import type { SymbolResponse } from '@fast-scanner/client';
import { usePrices } from '@fast-scanner/client/react';
import { Group, Text } from '@mantine/core';
import { DirectionText } from '../../components/direction-text.tsx';
import { PriceText } from '../../components/price-text.tsx';
import { SignalBadge } from '../../components/signal-badge.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { formatNumber } from '../../format/format-number.ts';
import type { SymbolKey } from './use-symbol-data.ts';

interface SymbolHeadlineProps {
  readonly at: SymbolKey;
  /** `undefined` when the symbol was never scanned. */
  readonly analysis: SymbolResponse | undefined;
}

/** The most important of the analysis in one line, and the price as it is now. */
export function SymbolHeadline({ at, analysis }: SymbolHeadlineProps) {
  return (
    <Group gap="lg">
      {analysis && (
        <>
          <SignalBadge signal={analysis.signal.signal} />
          <Text>
            Strength <b>{formatNumber(analysis.signal.strength)}</b>
          </Text>
        </>
      )}
      {analysis?.deepAnalysis && (
        <Text>
          Opportunity <b>{formatNumber(analysis.deepAnalysis.opportunity_score)}</b>
        </Text>
      )}
      <LivePrice at={at} scanned={analysis?.signal} />
    </Group>
  );
}

interface LivePriceProps {
  readonly at: SymbolKey;
  /** Stands until there is a newer one. */
  readonly scanned: SymbolResponse['signal'] | undefined;
}

function LivePrice({ at: { symbol, exchange }, scanned }: LivePriceProps) {
  const { prices } = usePrices([symbol], exchange === '' ? {} : { exchange });
  const price = prices.get(symbol) ?? scanned;
  if (!price) return null;
  return (
    <Text>
      <PriceText value={price.price} fw={600} /> <DirectionText value={price.change24h} /> in 24 h{' '}
      <Text span size="sm" c="dimmed">
        · <TimeText value={price.timestamp} style="age" />
      </Text>
    </Text>
  );
}
