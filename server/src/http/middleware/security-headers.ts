import type { RequestHandler } from 'express';
import helmet from 'helmet';

const SELF = "'self'";

/** Headers of every answer. Pages may load from this server alone and run no inline script or style. */
export function createSecurityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: policy([SELF]) },
    // The server speaks plain HTTP; whoever puts TLS in front decides about this.
    strictTransportSecurity: false,
  });
}

/** The same policy for one answer whose page may also make style elements that carry the nonce. Scripts still come from files alone. */
export function createStylePolicy(nonce: string): RequestHandler {
  const directives = policy([SELF, `'nonce-${nonce}'`]);
  return helmet.contentSecurityPolicy({ useDefaults: false, directives });
}

function policy(styleSrc: string[]): Record<string, string[]> {
  return {
    defaultSrc: ["'none'"],
    scriptSrc: [SELF],
    styleSrc,
    imgSrc: [SELF, 'data:'],
    fontSrc: [SELF],
    connectSrc: [SELF],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  };
}
