import type { DeepAnalysis } from '@fast-scanner/shared';
import { OPPORTUNITY_FACTORS, type OpportunityEvidence } from './opportunity-factors.ts';

export type Opportunity = Pick<DeepAnalysis, 'opportunity_score' | 'direction' | 'factors'>;

/**
 * The opportunity score: 100 · Σ weight · value over {@link OPPORTUNITY_FACTORS}, every contribution (in points) listed.
 * `null` evidence means the quick signal is HOLD: without a side there is no opportunity, so direction `none`, score 0 and
 * every factor 0. Missing evidence of a factor counts as 0 and the other weights stay as they are.
 */
export function computeOpportunity(evidence: OpportunityEvidence | null): Opportunity {
  const factors = OPPORTUNITY_FACTORS.map(({ name, weight, evaluate, explain }) => {
    const value = evidence ? evaluate(evidence) : 0;
    const rationale = evidence ? explain(evidence) : 'the quick signal is HOLD: no side to judge';
    return { name, weight, value, contribution: 100 * weight * value, rationale };
  });
  const points = factors.reduce((sum, { contribution }) => sum + contribution, 0);
  const direction = evidence === null ? 'none' : evidence.side === 1 ? 'long' : 'short';
  return { opportunity_score: Math.min(100, points), direction, factors };
}
