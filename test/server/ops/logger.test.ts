import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { createLogger } from '@fast-scanner/server/ops/logger.ts';

describe('the logger', () => {
  it('writes JSON lines without secrets, wherever they stand', () => {
    const lines: string[] = [];
    const destination = new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk));
        done();
      },
    });
    const logger = createLogger('info', destination);
    logger.info({ token: 's3cret', scanId: 'scan_a' }, 'top');
    logger.info({ config: { apiToken: 's3cret', readerToken: 's3cret', port: 1 } }, 'below');
    logger.info({ req: { headers: { authorization: 'Bearer s3cret', host: 'x' } } }, 'deep');
    logger.debug('nothing');
    assert.equal(lines.length, 3);
    assert.doesNotMatch(lines.join(''), /s3cret/);
    assert.equal(JSON.parse(lines[0] ?? '').scanId, 'scan_a');
    assert.equal(JSON.parse(lines[2] ?? '').req.headers.host, 'x');
  });
});
