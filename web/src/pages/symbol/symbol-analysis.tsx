import type { SymbolResponse } from '@fast-scanner/client';
import { Grid, Stack, Text } from '@mantine/core';
import { FactorBars } from '../../components/factor-bars.tsx';
import { Section } from '../../components/section.tsx';
import { formatNumber, formatSigned } from '../../format/format-number.ts';
import { ConfluenceMatrix } from './confluence-matrix.tsx';
import { PlanCard } from './plan-card.tsx';
import { PredictionCard } from './prediction-card.tsx';
import { ProvenanceCard } from './provenance-card.tsx';
import { RegimeCard } from './regime-card.tsx';

/** Everything the newest scan says of a symbol, each number with its reasons. */
export function SymbolAnalysis({ analysis }: { readonly analysis: SymbolResponse }) {
  const { signal, deepAnalysis: deep } = analysis;
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <Stack gap="md">
          <Section
            title="Why this signal"
            description={`Score ${formatSigned(signal.score)}: the sum of its factors, each −1 to 1 times its weight.`}
          >
            <FactorBars factors={signal.factors} scale="signed" />
          </Section>
          <Section title="Provenance">
            <ProvenanceCard quick={signal.provenance} deep={deep?.provenance ?? null} />
          </Section>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 6 }}>
        {deep ? (
          <Stack gap="md">
            <Section title="Plan">
              <PlanCard {...deep} />
            </Section>
            <Section title="Market regime">
              <RegimeCard regime={deep.market_regime} />
            </Section>
            <Section title="Confluence">
              <ConfluenceMatrix confluence={deep.confluence} />
            </Section>
            <Section title="Prediction">
              <PredictionCard prediction={deep.ml_prediction} reason={deep.ml_prediction_reason} />
            </Section>
            <Section
              title="Why this opportunity score"
              description={`${formatNumber(deep.opportunity_score, 1)} of 100 points.`}
            >
              <FactorBars factors={deep.factors} scale="points" />
            </Section>
          </Stack>
        ) : (
          <Section title="Deep analysis">
            <Text size="sm">The newest scan has not analysed this symbol (yet).</Text>
          </Section>
        )}
      </Grid.Col>
    </Grid>
  );
}
