import type { ScannerClient } from '@fast-scanner/client';
import { runIdSchema } from '@fast-scanner/shared';
import { findId } from '../find-id.ts';

const PAGE_SIZE = 100;

/**
 * The run whose id this is, or begins with this.
 * @throws ScannerError `not_found`, `invalid_input` when several begin so; the client's errors
 */
export async function findRunId(client: ScannerClient, text: string, signal: AbortSignal): Promise<string> {
  const start = text.toLowerCase();
  if (runIdSchema.safeParse(start).success) return start;
  return findId({
    noun: 'run',
    start,
    readPage: async (cursor) => {
      const query = { q: start, limit: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) };
      const { runs, next_cursor } = await client.runs.list(query, { signal });
      return { ids: runs.map(({ run_id }) => run_id), nextCursor: next_cursor };
    },
  });
}
