import {
  REJECTION_REASONS,
  type RejectionReason,
  type RunRejection,
  type RunRejections,
} from '@fast-scanner/client';

export interface ReasonGroup {
  readonly reason: RejectionReason;
  readonly count: number;
  /** Of all rejections, 0–1. */
  readonly share: number;
  /** Nearest to their threshold first. */
  readonly rejections: readonly RunRejection[];
}

/** The reasons that occurred, the most frequent first. */
export function toReasonGroups({
  by_reason,
  details,
  total_rejected,
}: RunRejections): readonly ReasonGroup[] {
  return REJECTION_REASONS.filter((reason) => by_reason[reason] > 0)
    .map((reason) => ({
      reason,
      count: by_reason[reason],
      share: by_reason[reason] / total_rejected,
      rejections: [...(details[reason] ?? [])].sort(byNearness),
    }))
    .sort((one, other) => other.count - one.count);
}

/** Those without a score stand last. */
function byNearness(one: RunRejection, other: RunRejection): number {
  return nearness(other) - nearness(one) || (one.symbol < other.symbol ? -1 : 1);
}

function nearness({ score, threshold = 0 }: RunRejection): number {
  return score === undefined ? Number.MIN_SAFE_INTEGER : score - threshold;
}
