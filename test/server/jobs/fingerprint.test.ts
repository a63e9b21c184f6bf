import assert from 'node:assert/strict';
import { fingerprintOf } from '@fast-scanner/server/jobs/fingerprint.ts';

describe('a fingerprint', () => {
  it('is shared exactly by requests that ask for the same', () => {
    const asked = [10, 'recon', null, ['BTC/USDT', 'ETH/USDT']];
    assert.equal(fingerprintOf(asked), fingerprintOf(structuredClone(asked)));
    const others = [
      [11, 'recon', null, ['BTC/USDT', 'ETH/USDT']],
      [10, 'recon', null, ['ETH/USDT', 'BTC/USDT']],
      [10, 'recon', null, ['BTC/USDT,ETH/USDT']],
      ['10', 'recon', null, ['BTC/USDT', 'ETH/USDT']],
      [10, 'recon', 'null', ['BTC/USDT', 'ETH/USDT']],
    ];
    const all = new Set([asked, ...others].map(fingerprintOf));
    assert.equal(all.size, 6);
  });

  it('is short however long the request is, and tells nothing of it', () => {
    const long = fingerprintOf(Array.from({ length: 500 }, (_, index) => `COIN${index}/USDT`));
    assert.match(long, /^[\w-]{43}$/);
  });
});
