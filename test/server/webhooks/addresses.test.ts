import assert from 'node:assert/strict';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { isIPv6 } from 'node:net';
import { AddressGuard } from '@fast-scanner/server/webhooks/address-guard.ts';
import { createGuardedLookup, type ResolveHost } from '@fast-scanner/server/webhooks/guarded-lookup.ts';

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'this machine': ['127.0.0.1', '127.255.255.254', '0.0.0.0', '0.1.2.3', '::1', '::'],
  'private networks': [
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    'fc00::1',
    'fd12:3456::1',
    'fec0::1',
  ],
  'the link': ['169.254.0.1', 'fe80::1', 'fe80::1%eth0'],
  'carrier-grade NAT': ['100.64.0.1', '100.127.255.255'],
  'groups and everybody': ['224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1', 'ff0e::1'],
  'addresses for other purposes': [
    '192.0.2.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '240.0.0.1',
    '2001:db8::1',
  ],
  'IPv4 in the clothes of IPv6': [
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001::1',
  ],
  'metadata of clouds': [
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '168.63.129.16',
    '100.100.100.200',
    '192.0.0.192',
    'fd00:ec2::254',
  ],
};
const PUBLIC = [
  '1.1.1.1',
  '8.8.8.8',
  '172.15.0.1',
  '172.32.0.1',
  '100.63.0.1',
  '100.128.0.1',
  '198.17.0.1',
  '2606:4700::1111',
  '::ffff:8.8.8.8',
];

describe('the addresses a webhook may lead to', () => {
  const guard = new AddressGuard({ allowPrivate: false });
  const open = new AddressGuard({ allowPrivate: true });

  for (const [kind, addresses] of Object.entries(REFUSED)) {
    it(`are not those of ${kind}`, () => {
      const taken = addresses.filter((address) => guard.refusalOf(address) === null);
      assert.deepEqual(taken, []);
    });
  }

  it('are public ones', () => {
    assert.deepEqual(
      PUBLIC.flatMap((address) => guard.refusalOf(address) ?? []),
      [],
    );
  });

  it('are private ones and this machine when that is allowed, but never the metadata of a cloud', () => {
    const allowed = ['127.0.0.1', '10.0.0.1', '::1', 'fd12::1', '169.254.0.1'];
    assert.deepEqual(
      allowed.flatMap((address) => open.refusalOf(address) ?? []),
      [],
    );
    for (const address of REFUSED['metadata of clouds'] ?? [])
      assert.match(open.refusalOf(address) ?? '', /secrets/);
  });

  it('are no names and nothing that is half an address', () => {
    for (const text of ['localhost', '', '10.0.0', 'fe80::1::2'])
      assert.match(open.refusalOf(text) ?? '', /no address/);
  });
});

describe('the name service of webhooks', () => {
  const answer = (...addresses: readonly string[]): LookupAddress[] =>
    addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));

  /** What a connection to the name gets: addresses, or why there are none. */
  function resolve(resolveHost: ResolveHost, options: LookupOptions = { all: true }) {
    const lookup = createGuardedLookup(new AddressGuard({ allowPrivate: false }), resolveHost);
    return new Promise((settle) => {
      lookup('hooks.example', options, (error, found) => settle(error ? error.message : found));
    });
  }

  it('gives the public addresses of a name, and of those alone', async () => {
    const mixed: ResolveHost = (_name, _options, callback) =>
      callback(null, answer('10.0.0.1', '8.8.8.8', '::1'));
    assert.deepEqual(await resolve(mixed), answer('8.8.8.8'));
    assert.equal(await resolve(mixed, { all: false }), '8.8.8.8');
  });

  it('refuses a name that leads to private addresses only', async () => {
    const inside: ResolveHost = (_name, _options, callback) => callback(null, answer('192.168.0.1', '::1'));
    assert.match(String(await resolve(inside)), /192\.168\.0\.1 is not public \(private\)/);
  });

  it('looks at every answer anew, so that a name cannot change its address after a check', async () => {
    const answers = [answer('8.8.8.8'), answer('127.0.0.1')];
    const rebinding: ResolveHost = (_name, _options, callback) => callback(null, answers.shift() ?? []);
    assert.deepEqual(await resolve(rebinding), answer('8.8.8.8'));
    assert.match(String(await resolve(rebinding)), /127\.0\.0\.1 is not public \(loopback\)/);
    assert.match(String(await resolve(rebinding)), /has no address/);
  });

  it('passes on what the name service says', async () => {
    const unknown: ResolveHost = (_name, _options, callback) => callback(new Error('no such name'), []);
    assert.equal(await resolve(unknown), 'no such name');
  });
});
