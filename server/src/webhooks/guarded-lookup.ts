import { type LookupAddress, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { AddressGuard } from './address-guard.ts';

/** The name leads only to addresses that nothing is sent to. */
export class RefusedAddressError extends Error {
  constructor(refusal: string) {
    super(refusal);
    this.name = 'RefusedAddressError';
  }
}

/** Resolves a host name to all its addresses. */
export type ResolveHost = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * The name service for connections of webhooks. What it answers is what is connected to, so that a name which changes its address
 * between a check and the connection (DNS rebinding) gains nothing.
 */
export function createGuardedLookup(guard: AddressGuard, resolve: ResolveHost = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, []);
        return;
      }
      const refusals = addresses.map(({ address }) => guard.refusalOf(address));
      const allowed = addresses.filter((_, index) => refusals[index] === null);
      const [first] = allowed;
      if (!first) callback(new RefusedAddressError(refusals[0] ?? `${hostname} has no address`), []);
      else if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
