import assert from 'node:assert/strict';
import { HostGuard } from '@fast-scanner/server/ops/access/host-guard.ts';
import { OriginGuard } from '@fast-scanner/server/ops/access/origin-guard.ts';

describe('the host guard', () => {
  it('knows the address it listens on, unless that is every address', () => {
    const guard = new HostGuard({ host: '192.168.1.5', allowedHosts: ['Scanner.Example', '2001:db8::1'] });
    for (const host of ['192.168.1.5:5000', 'scanner.example', '[2001:db8::1]:80', 'localhost'])
      guard.check(host);
    const open = new HostGuard({ host: '0.0.0.0', allowedHosts: [] });
    for (const host of [
      '0.0.0.0',
      '192.168.1.5',
      undefined,
      '',
      'localhost:x',
      'localhost/..',
      'a localhost',
    ]) {
      assert.throws(() => open.check(host), { code: 'forbidden_host' });
    }
  });
});

describe('the origin guard', () => {
  const guard = new OriginGuard(['https://scanner.example']);

  it('lets programs, own pages and listed origins pass', () => {
    guard.check(undefined, 'localhost:5000');
    guard.check('http://localhost:5000', 'localhost:5000');
    guard.check('https://LOCALHOST:5000', 'localhost:5000');
    guard.check('https://scanner.example', 'localhost:5000');
  });

  it('refuses everything else', () => {
    const strangers = ['null', '', 'http://localhost', 'http://localhost:5001', 'ftp://localhost:5000'];
    for (const origin of [...strangers, 'http://scanner.example', 'https://scanner.example.evil.example']) {
      assert.throws(() => guard.check(origin, 'localhost:5000'), { code: 'forbidden_origin' });
    }
    assert.throws(() => guard.check('http://undefined', undefined), { code: 'forbidden_origin' });
  });
});
