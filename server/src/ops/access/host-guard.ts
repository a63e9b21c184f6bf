import { ScannerError } from '@fast-scanner/shared';

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];
const WILDCARD_ADDRESSES: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

export interface HostGuardOptions {
  /** Address the server listens on. */
  readonly host: string;
  readonly allowedHosts: readonly string[];
}

/**
 * The names by which the server may be addressed. A page that had its own name resolve to this address (DNS rebinding) gives
 * itself away by the Host it sends. The port says nothing about that, and differs behind a tunnel or a container's mapping.
 */
export class HostGuard {
  readonly #names: ReadonlySet<string>;

  constructor({ host, allowedHosts }: HostGuardOptions) {
    const own = WILDCARD_ADDRESSES.has(host) ? [] : [host];
    this.#names = new Set([...LOOPBACK_NAMES, ...[...own, ...allowedHosts].map(toHostName)]);
  }

  /** @throws ScannerError `forbidden_host` */
  check(hostHeader: string | undefined): void {
    const name = /^(\[[\da-f:.]+\]|[^:/?#@\s[\]]+)(?::\d{1,5})?$/i.exec(hostHeader ?? '')?.[1]?.toLowerCase();
    if (name === undefined || !this.#names.has(name)) {
      throw new ScannerError(
        'forbidden_host',
        'address the server by one of its own names, or add yours to ALLOWED_HOSTS',
      );
    }
  }
}

function toHostName(host: string): string {
  const name = host.toLowerCase();
  return name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
}
