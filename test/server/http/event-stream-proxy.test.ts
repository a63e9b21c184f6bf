import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.ts';
import { findNginx, type Nginx, startNginx } from '../../support/nginx.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { SseReader } from './sse-reader.ts';
import { TestWindows } from './test-windows.ts';
import { WrittenMarketScan } from './written-market-scan.ts';

describe('an event stream behind nginx', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;
  let nginx: Nginx | null = null;

  before(async function () {
    const binary = findNginx();
    if (binary === null) return this.skip(); // install nginx to run these
    windows = await TestWindows.open({ dataDir: folder.path });
    nginx = await startNginx({ binary, folder: folder.path, targetPort: windows.port });
  });
  after(async () => {
    await nginx?.close();
    await windows?.close();
  });

  const open = async (socketPath: string | undefined, { id }: WrittenMarketScan) =>
    (await SseReader.open({ port: socketPath ?? '', path: `/market-scan/stream/${id}` })).read();

  it('arrives event by event, each before the next is sent, though nginx buffers by default', async () => {
    const scan = await WrittenMarketScan.create(windows);
    const reader = await open(nginx?.socketPath, scan);
    assert.match(String(reader.response.headers['server']), /^nginx/);
    const seen: number[] = [];
    for (let seq = 1; seq <= 5; seq += 1) {
      await scan.appendErrors(1);
      seen.push(seq);
      await eventually(() => assert.deepEqual(reader.seqs, seen));
    }
    await scan.end();
    await eventually(() => assert.ok(reader.ended));
    assert.deepEqual(reader.seqs, [...seen, 6]);
  });

  it('would be kept back to its end if it did not forbid that: an nginx that does not listen has nothing', async () => {
    const scan = await WrittenMarketScan.create(windows);
    let isAnswered = false;
    const opening = open(nginx?.deafSocketPath, scan).finally(() => {
      isAnswered = true;
    });
    const reader = await open(nginx?.socketPath, scan);
    await scan.appendErrors(5);
    await eventually(() => assert.equal(reader.seqs.length, 5));
    assert.ok(!isAnswered);
    await scan.end();
    const late = await opening;
    await eventually(() => assert.ok(late.ended));
    assert.deepEqual(late.blocks, reader.blocks);
  });
});
