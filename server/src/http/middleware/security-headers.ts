import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Headers of every answer. Pages may load from this server alone and run no inline script or style. */
export function createSecurityHeaders(): RequestHandler {
  const self = ["'self'"];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: self,
        styleSrc: self,
        imgSrc: ["'self'", 'data:'],
        fontSrc: self,
        connectSrc: self,
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // The server speaks plain HTTP; whoever puts TLS in front decides about this.
    strictTransportSecurity: false,
  });
}
