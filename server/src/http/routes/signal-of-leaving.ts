import { ScannerError } from '@fast-scanner/shared';
import type { Response } from 'express';

/** Aborts when the client goes away; after the answer that means nothing any more. */
export function signalOfLeaving(response: Response): AbortSignal {
  const leaving = new AbortController();
  const leave = () => leaving.abort(new ScannerError('cancelled', 'the client has gone away'));
  response.once('close', leave);
  if (response.closed) leave();
  return leaving.signal;
}
