import type { ScannerClient } from '@fast-scanner/client';
import { runIdSchema, ScannerError } from '@fast-scanner/shared';

/** Candidates named when there are several. */
const MOST_NAMED = 5;
const PAGE_SIZE = 100;

/**
 * The run whose id this is, or begins with this.
 * @throws ScannerError `not_found`, `invalid_input` when several begin so; the client's errors
 */
export async function findRunId(client: ScannerClient, start: string, signal: AbortSignal): Promise<string> {
  const wanted = start.toLowerCase();
  if (runIdSchema.safeParse(wanted).success) return wanted;
  const found = await findIds(client, wanted, signal);
  const [only] = found;
  if (only === undefined) throw new ScannerError('not_found', `no run has an id that begins with ${wanted}`);
  if (found.length === 1) return only;
  const named = found.slice(0, MOST_NAMED).join(', ');
  throw new ScannerError('invalid_input', `more than one run begins with ${wanted}: ${named}`);
}

async function findIds(
  client: ScannerClient,
  start: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const query = { q: start, limit: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) };
    const page: Awaited<ReturnType<typeof client.runs.list>> = await client.runs.list(query, { signal });
    found.push(...page.runs.map(({ run_id }) => run_id).filter((id) => id.startsWith(start)));
    cursor = page.next_cursor;
  } while (cursor !== null && found.length <= MOST_NAMED);
  return found;
}
