import { type ErrorCode, ScannerError } from '@fast-scanner/shared';
import { z } from 'zod';
import { parseRetryAfter } from '../ccxt/parse-retry-after.ts';

/** What Yahoo says when it refuses: `{ chart: { error } }`, the outer name differing from one address to the next. */
const refusalSchema = z.record(
  z.string(),
  z.object({ error: z.object({ code: z.string(), description: z.string().nullish() }) }),
);

const BY_STATUS: ReadonlyMap<number, ErrorCode> = new Map([
  [429, 'rate_limited'],
  [999, 'rate_limited'], // Yahoo's own
  [401, 'exchange_denied'],
  [403, 'exchange_denied'],
  [451, 'exchange_denied'],
]);

const BY_REASON: ReadonlyMap<string, ErrorCode> = new Map([
  ['Too Many Requests', 'rate_limited'],
  ['Unauthorized', 'exchange_denied'],
  ['Not Found', 'symbol_unknown'],
  ['Bad Request', 'no_data'], // "Data doesn't exist for startDate = …"
  ['Unprocessable Entity', 'no_data'],
]);

const MAX_DETAIL_LENGTH = 200;

export interface YahooAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * What an answer complains of; `null` when it does not. The status comes first, so that a rate limit is never taken for anything else,
 * and only a refusal in Yahoo's own words says that a ticker is unknown.
 */
export function findYahooFailure({ status, headers, body }: YahooAnswer, nowMs: number): ScannerError | null {
  const refusal = findRefusal(body);
  const isFine = status >= 200 && status < 300;
  if (isFine && !refusal)
    return looksLikePage(body) ? failure('exchange_bad_response', 'sent a web page') : null;
  const code = BY_STATUS.get(status) ?? BY_REASON.get(refusal?.code ?? '') ?? codeOfStatus(status);
  const detail = refusal?.description || refusal?.code || `answered HTTP ${status}`;
  const retryAfterMs = parseRetryAfter(headers.get('retry-after') ?? undefined, nowMs);
  return failure(code, detail, retryAfterMs);
}

function findRefusal(
  body: string,
): { readonly code: string; readonly description?: string | null | undefined } | null {
  try {
    const { data } = refusalSchema.safeParse(JSON.parse(body));
    return Object.values(data ?? {})[0]?.error ?? null;
  } catch {
    return null;
  }
}

function codeOfStatus(status: number): ErrorCode {
  return status >= 500 ? 'exchange_unavailable' : 'exchange_bad_response';
}

function looksLikePage(body: string): boolean {
  return body.trimStart().startsWith('<');
}

function failure(code: ErrorCode, text: string, retryAfterMs: number | null = null): ScannerError {
  const detail = `Yahoo Finance: ${text.slice(0, MAX_DETAIL_LENGTH)}`;
  return new ScannerError(code, detail, retryAfterMs === null ? {} : { retryAfterMs });
}
