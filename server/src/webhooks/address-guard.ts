import ipaddr from 'ipaddr.js';

export interface AddressGuardOptions {
  /** Whether receivers may stand in private networks and on this machine. */
  readonly allowPrivate: boolean;
}

/** Hand out the credentials of a cloud's machine to whoever asks: never a receiver, some of them look public. */
const METADATA_ADDRESSES: ReadonlySet<string> = new Set(
  ['169.254.169.254', '168.63.129.16', '100.100.100.200', '192.0.0.192', 'fd00:ec2::254', 'fd20:ce::254'].map(
    (address) => ipaddr.process(address).toString(),
  ),
);

/** @see https://www.iana.org/assignments/ipv6-unicast-address-assignments "2000::/3 is all there is of global unicast" */
const GLOBAL_UNICAST = ipaddr.IPv6.parse('2000::');
/** @see https://www.rfc-editor.org/rfc/rfc2544 benchmarks of network devices */
const BENCHMARKS = ipaddr.IPv4.parse('198.18.0.0');

/** Which addresses a webhook may be delivered to. */
export class AddressGuard {
  readonly #allowPrivate: boolean;

  constructor({ allowPrivate }: AddressGuardOptions) {
    this.#allowPrivate = allowPrivate;
  }

  /** Why nothing is sent to this IP address; `null` when it may be. An IPv4 address in the clothes of IPv6 is what it is. */
  refusalOf(address: string): string | null {
    if (!ipaddr.isValid(address)) return `${address} is no address`;
    const parsed = ipaddr.process(address);
    if (METADATA_ADDRESSES.has(parsed.toString())) return `${address} hands out the secrets of a machine`;
    if (this.#allowPrivate || isPublic(parsed)) return null;
    return `${address} is not public (${parsed.range()}); WEBHOOK_ALLOW_PRIVATE=true allows it`;
  }
}

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4'
    ? !(address as ipaddr.IPv4).match(BENCHMARKS, 15) // its kind says so; the package's types do not narrow
    : (address as ipaddr.IPv6).match(GLOBAL_UNICAST, 3);
}
