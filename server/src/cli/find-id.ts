import { ScannerError } from '@fast-scanner/shared';

/** Candidates named when there are several. */
const MOST_NAMED = 5;

/** Some ids, newest first, and where the next ones are. */
export interface IdPage {
  readonly ids: readonly string[];
  readonly nextCursor: string | null;
}

export interface FindIdOptions {
  /** What the id is of. */
  readonly noun: string;
  /** In lower case. */
  readonly start: string;
  readonly readPage: (cursor: string | null) => Promise<IdPage>;
}

/**
 * The only id that begins so.
 * @throws ScannerError `not_found`, `invalid_input` when several begin so; what `readPage` throws
 */
export async function findId({ noun, start, readPage }: FindIdOptions): Promise<string> {
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const page: IdPage = await readPage(cursor);
    found.push(...page.ids.filter((id) => id.startsWith(start)));
    cursor = page.nextCursor;
  } while (cursor !== null && found.length <= MOST_NAMED);
  const [only] = found;
  if (only === undefined)
    throw new ScannerError('not_found', `no ${noun} has an id that begins with ${start}`);
  if (found.length === 1) return only;
  const named = found.slice(0, MOST_NAMED).join(', ');
  throw new ScannerError('invalid_input', `more than one ${noun} begins with ${start}: ${named}`);
}
