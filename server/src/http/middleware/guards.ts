import type { IncomingHttpHeaders } from 'node:http';
import { ScannerError } from '@fast-scanner/shared';
import type { RequestHandler } from 'express';
import { type AccessTokens, assertMayChange, parseBearer } from '../../ops/access/access-tokens.ts';
import type { HostGuard } from '../../ops/access/host-guard.ts';
import type { OriginGuard } from '../../ops/access/origin-guard.ts';
import type { Readiness } from '../../ops/readiness.ts';
import { contextOf } from '../request-context.ts';

const READING_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses strange Hosts, and changes that pages of strange origins ask for. */
export function createSourceGuard(hosts: HostGuard, origins: OriginGuard): RequestHandler {
  return ({ method, headers }, _response, next) => {
    hosts.check(headers.host);
    if (!READING_METHODS.has(method)) origins.check(headers.origin, headers.host);
    next();
  };
}

/** Recognises the token, refusing nobody yet: the rate limit in between counts wrong tokens too. */
export function createIdentification(tokens: AccessTokens): RequestHandler {
  return ({ headers }, response, next) => {
    contextOf(response).role = tokens.identify(parseBearer(headers.authorization));
    next();
  };
}

/** Refuses requests without a token, and changes with one that may only read. */
export const requireRole: RequestHandler = ({ method }, response, next) => {
  const { role } = contextOf(response);
  if (role === null)
    throw new ScannerError('unauthorized', 'send a valid token as "Authorization: Bearer …"');
  if (!READING_METHODS.has(method)) assertMayChange(role);
  next();
};

/** Refuses what changes something by a method that only reads, as every other change would be; HEAD falls through. */
export function createChangeGuard(origins: OriginGuard): RequestHandler {
  return ({ method, headers }, response, next) => {
    if (method === 'HEAD') return next('route');
    const { role } = contextOf(response);
    if (role !== null) assertMayChange(role);
    origins.check(originOf(headers), headers.host);
    next();
  };
}

/** For images and links browsers name no origin, but say that they come from elsewhere: as good as an opaque one. */
function originOf({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders): string | undefined {
  return origin ?? (site === 'cross-site' || site === 'same-site' ? 'null' : undefined);
}

/** Sends clients elsewhere, or to later, while the process ends. */
export function createDrainGuard(readiness: Readiness): RequestHandler {
  return (_request, response, next) => {
    if (readiness.draining) {
      response.set('Connection', 'close');
      throw new ScannerError('unavailable', 'the server is shutting down');
    }
    next();
  };
}
