import { z } from 'zod';

export const healthSchema = z.object({ status: z.literal('ok') });

export const readinessSchema = z.object({
  status: z.enum(['ready', 'not_ready']),
  /** Each part with `ok` or the reason it is not. */
  checks: z.record(z.string(), z.string()),
});
export type Readiness = z.infer<typeof readinessSchema>;
