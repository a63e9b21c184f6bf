import { type AlertRule, alertRuleSchema, DEFAULT_THRESHOLDS } from '@fast-scanner/shared';

/** Fields of a rule as former versions stored it; it has no others that matter here. */
type FormerRule = Readonly<Record<string, unknown>> & Pick<AlertRule, 'change' | 'threshold'>;

/**
 * The rules as they were stored, by this version or a former one, which knew neither unit nor scope and let a turn have a threshold;
 * `null` when none were.
 */
export function readStoredRules(stored: unknown): readonly AlertRule[] | null {
  if (stored === null) return null;
  const rules = stored as readonly FormerRule[]; // written by `AlertBook.update` alone
  return rules.map((rule) =>
    alertRuleSchema.parse(DEFAULT_THRESHOLDS[rule.change] === null ? { ...rule, threshold: null } : rule),
  );
}
