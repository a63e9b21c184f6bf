import assert from 'node:assert/strict';
import { AccessTokens, parseBearer } from '@fast-scanner/server/ops/access/access-tokens.ts';

describe('access tokens', () => {
  it('are not needed when none is configured', () => {
    assert.equal(new AccessTokens({ apiToken: null, readerToken: null }).require(null), 'full');
  });

  it('are needed as soon as one is configured, be it the reader alone', () => {
    const tokens = new AccessTokens({ apiToken: null, readerToken: 'reader-token' });
    assert.equal(tokens.require('reader-token'), 'reader');
    for (const wrong of [null, '', 'reader-toke', 'reader-token ', 'null']) {
      assert.throws(() => tokens.require(wrong), { code: 'unauthorized' });
    }
  });

  it('come as a bearer and in no other form', () => {
    assert.equal(parseBearer('Bearer abc'), 'abc');
    assert.equal(parseBearer('bearer abc '), 'abc');
    for (const header of [undefined, '', 'abc', 'Bearer', 'Bearer a b', 'Basic abc', 'Bearer \u00e9']) {
      assert.equal(parseBearer(header), null);
    }
  });
});
