import { ScannerError } from '@fast-scanner/shared';
import express, { type RequestHandler } from 'express';

/** Reads JSON bodies up to 100 kB; every other kind of body is refused. */
export function createJsonBody(): RequestHandler[] {
  return [refuseOtherTypes, express.json({ limit: 100_000, inflate: false })];
}

const refuseOtherTypes: RequestHandler = (request, _response, next) => {
  const { 'transfer-encoding': encoding, 'content-length': length } = request.headers;
  const hasBody = encoding !== undefined || Number(length ?? 0) > 0;
  if (hasBody && !request.is('application/json')) {
    throw new ScannerError('unsupported_media_type', 'send the body as application/json');
  }
  next();
};
