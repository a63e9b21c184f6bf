import type { DeepAnalysis, SymbolResponse } from '@fast-scanner/client';
import { Grid, Stack, Text } from '@mantine/core';
import { FactorBars } from '../../components/factor-bars.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Section } from '../../components/section.tsx';
import { formatNumber, formatSigned } from '../../format/format-number.ts';
import { ConfluenceMatrix } from './confluence-matrix.tsx';
import { PlanCard } from './plan-card.tsx';
import { PredictionCard } from './prediction-card.tsx';
import { ProvenanceCard } from './provenance-card.tsx';
import { RegimeCard } from './regime-card.tsx';
import { isUnderWay } from './use-symbol-data.ts';

/** Everything the newest scan says of a symbol, each number with its reasons. */
export function SymbolAnalysis({ analysis }: { readonly analysis: SymbolResponse }) {
  const { signal, deepAnalysis: deep } = analysis;
  return (
    <>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Stack gap="md">
            {deep && (
              <Section title="Plan">
                <PlanCard {...deep} />
              </Section>
            )}
            <Section
              title="Why this signal"
              description={`Score ${formatSigned(signal.score)}: the sum of its factors, each −1 to 1 times its weight.`}
            >
              <FactorBars factors={signal.factors} scale="signed" />
            </Section>
            {deep && <OpportunitySection {...deep} />}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          {deep ? <Findings deep={deep} /> : <NoFindings isUnderWay={isUnderWay(analysis)} />}
        </Grid.Col>
      </Grid>
      <Section title="Provenance">
        <ProvenanceCard quick={signal.provenance} deep={deep?.provenance ?? null} />
      </Section>
    </>
  );
}

function OpportunitySection({ opportunity_score, factors }: DeepAnalysis) {
  return (
    <Section
      title="Why this opportunity score"
      description={`${formatNumber(opportunity_score, 1)} of 100 points.`}
    >
      <FactorBars factors={factors} scale="points" />
    </Section>
  );
}

function Findings({ deep }: { readonly deep: DeepAnalysis }) {
  return (
    <Stack gap="md">
      <Section title="Market regime">
        <RegimeCard regime={deep.market_regime} />
      </Section>
      <Section title="Confluence">
        <ConfluenceMatrix confluence={deep.confluence} />
      </Section>
      <Section title="Prediction">
        <PredictionCard prediction={deep.ml_prediction} reason={deep.ml_prediction_reason} />
      </Section>
    </Stack>
  );
}

function NoFindings({ isUnderWay }: { readonly isUnderWay: boolean }) {
  return (
    <Section title="Deep analysis">
      {isUnderWay ? (
        <LoadingState label="The deep analysis is under way" />
      ) : (
        <Text size="sm">The newest scan ended without a deep analysis of this symbol.</Text>
      )}
    </Section>
  );
}
