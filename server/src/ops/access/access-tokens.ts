import { createHash, timingSafeEqual } from 'node:crypto';
import { ScannerError } from '@fast-scanner/shared';

export const ROLES = ['full', 'reader'] as const;
/** `reader` may look at everything and change nothing. */
export type Role = (typeof ROLES)[number];

export interface AccessTokenOptions {
  readonly apiToken: string | null;
  readonly readerToken: string | null;
}

/** Who may do what. Without configured tokens everybody may do everything. */
export class AccessTokens {
  readonly #roles: readonly { readonly role: Role; readonly digest: Buffer }[];

  constructor({ apiToken, readerToken }: AccessTokenOptions) {
    this.#roles = [
      ...(apiToken === null ? [] : [{ role: 'full' as const, digest: digestOf(apiToken) }]),
      ...(readerToken === null ? [] : [{ role: 'reader' as const, digest: digestOf(readerToken) }]),
    ];
  }

  /** The token's role; `null` when a token is required and this is none. Takes the same time for every wrong token. */
  identify(token: string | null): Role | null {
    if (this.#roles.length === 0) return 'full';
    const digest = digestOf(token ?? '');
    const matches = this.#roles.filter((known) => timingSafeEqual(known.digest, digest));
    return matches[0]?.role ?? null;
  }

  /** @throws ScannerError `unauthorized` */
  require(token: string | null): Role {
    const role = this.identify(token);
    if (role === null)
      throw new ScannerError('unauthorized', 'send a valid token as "Authorization: Bearer …"');
    return role;
  }
}

/** The token of an `Authorization` header, or `null`. */
export function parseBearer(header: string | undefined): string | null {
  return /^Bearer +([\x21-\x7e]+) *$/i.exec(header ?? '')?.[1] ?? null;
}

/** @throws ScannerError `forbidden_role` */
export function assertMayChange(role: Role): void {
  if (role !== 'full') throw new ScannerError('forbidden_role', 'this token may only read');
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
