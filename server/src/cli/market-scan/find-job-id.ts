import type { ScannerClient } from '@fast-scanner/client';
import { marketScanIdSchema } from '@fast-scanner/shared';
import { findId } from '../find-id.ts';

const PAGE_SIZE = 100;

/**
 * The market scan or sweep whose id this is, or begins with this.
 * @throws ScannerError `not_found`, `invalid_input` when several begin so; the client's errors
 */
export async function findJobId(client: ScannerClient, text: string, signal: AbortSignal): Promise<string> {
  const start = text.toLowerCase();
  if (marketScanIdSchema.safeParse(start).success) return start;
  return findId({
    noun: 'market scan',
    start,
    readPage: async (cursor) => {
      const query = { limit: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) };
      const { jobs, next_cursor } = await client.marketScans.jobs(query, { signal });
      return { ids: jobs.map(({ job_id }) => job_id), nextCursor: next_cursor };
    },
  });
}
