/** So long after it was due a signal is settled with what is known of it. */
export const OUTCOME_PATIENCE_MS = 30 * 86_400_000;

/** Whether nothing more is waited for at a moment of the source's time. */
export function isOverdue({ dueAt }: { readonly dueAt: number }, now: number): boolean {
  return now - dueAt > OUTCOME_PATIENCE_MS;
}
