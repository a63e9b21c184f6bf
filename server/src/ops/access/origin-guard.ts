import { ScannerError } from '@fast-scanner/shared';

/** Which pages of a browser may talk to the server. Programs send no Origin and are not concerned. */
export class OriginGuard {
  readonly #allowed: ReadonlySet<string>;

  constructor(allowedOrigins: readonly string[]) {
    this.#allowed = new Set(allowedOrigins.map((origin) => origin.toLowerCase()));
  }

  /** Whether the origin was named in the configuration: the only ones that get CORS headers. */
  isListed(origin: string | undefined): origin is string {
    return origin !== undefined && this.#allowed.has(origin.toLowerCase());
  }

  /**
   * Lets pass: no Origin, the server's own pages, listed origins.
   * @throws ScannerError `forbidden_origin`, also for the opaque `null`
   */
  check(origin: string | undefined, hostHeader: string | undefined): void {
    if (origin === undefined || this.isListed(origin) || isOwn(origin, hostHeader)) return;
    throw new ScannerError(
      'forbidden_origin',
      'pages of this origin may not use the server; see ALLOWED_ORIGINS',
    );
  }
}

function isOwn(origin: string, hostHeader: string | undefined): boolean {
  const host = /^https?:\/\/(.+)$/i.exec(origin)?.[1];
  return host !== undefined && host.toLowerCase() === hostHeader?.toLowerCase();
}
