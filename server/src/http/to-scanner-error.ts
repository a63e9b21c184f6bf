import { type ErrorCode, ScannerError } from '@fast-scanner/shared';

/** What body-parser and the router say about a request they cannot read. */
const PARSER_ERRORS: ReadonlyMap<unknown, readonly [ErrorCode, string]> = new Map([
  ['entity.parse.failed', ['invalid_input', 'the body is not valid JSON']],
  ['entity.too.large', ['payload_too_large', 'the body is larger than 100 kB']],
  ['encoding.unsupported', ['unsupported_media_type', 'send the body without Content-Encoding']],
  ['charset.unsupported', ['unsupported_media_type', 'send the body as UTF-8']],
  ['request.size.invalid', ['invalid_input', 'the body does not have the length its header says']],
  ['request.aborted', ['invalid_input', 'the body ended early']],
]);

/** The expected failure behind anything thrown while answering; `internal` when there is none. */
export function toScannerError(error: unknown): ScannerError {
  if (error instanceof ScannerError) return error;
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown }; // as body-parser and router set them
  const known = PARSER_ERRORS.get(type);
  if (known) return new ScannerError(known[0], known[1]);
  if (status === 400) return new ScannerError('invalid_input', 'the path is not properly percent-encoded');
  return new ScannerError('internal', 'something broke on our side; quote the request id', { cause: error });
}
