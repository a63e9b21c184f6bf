import { ScannerApiError, ScannerConnectionError } from '@fast-scanner/client';

export interface ErrorDescription {
  readonly title: string;
  readonly detail: string;
  /** The documented error code; `null` when the server said nothing. */
  readonly code: string | null;
  /** To quote in a report; `null` when there is none. */
  readonly requestId: string | null;
  /** Fields of the request that are wrong, each with what is wrong with it. */
  readonly fields: readonly { readonly name: string; readonly detail: string }[];
  readonly retryAfterMs: number | null;
}

const NOTHING = { code: null, requestId: null, fields: [], retryAfterMs: null };

/** What went wrong, for people. */
export function describeError(error: unknown): ErrorDescription {
  if (error instanceof ScannerApiError) return describeProblem(error);
  if (error instanceof ScannerConnectionError) {
    const detail = `${error.message}. Check that it runs; this page goes on by itself when it is back.`;
    return { ...NOTHING, title: 'The server cannot be reached', detail };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { ...NOTHING, title: 'Something went wrong in this page', detail };
}

function describeProblem({ problem, code, requestId, retryAfterMs }: ScannerApiError): ErrorDescription {
  const fields = (problem.errors ?? []).map(({ pointer, detail }) => ({ name: fieldName(pointer), detail }));
  return {
    title: problem.title,
    detail: problem.detail,
    code,
    requestId: requestId || null,
    fields,
    retryAfterMs,
  };
}

/** `/symbols/3` as `symbols 3`. */
function fieldName(pointer: string): string {
  return pointer.replace(/^[/?]/, '').replaceAll('/', ' ') || 'request';
}
