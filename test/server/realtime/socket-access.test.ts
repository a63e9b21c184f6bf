import assert from 'node:assert/strict';
import { type AckError, ackErrorSchema, type ErrorCode } from '@fast-scanner/shared';
import { WebSocket } from 'ws';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from '../http/expect-problem.ts';
import { type RawAnswer, rawRequest } from '../http/raw-request.ts';
import { TestWindows } from '../http/test-windows.ts';
import { EventReader } from './event-reader.ts';

const API_TOKEN = 'full-token-0123456789';
const READER_TOKEN = 'reader-token-0123456789';
const FRIEND = 'https://scanner.example';
const PATH = '/socket.io/?EIO=4&transport=';

/** How an upgrade is answered: by the upgrade (101) or by what is said instead. */
function upgrade(port: number, headers: Record<string, string>): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`ws://127.0.0.1:${port}${PATH}websocket`, { headers });
    const answer = (status: number, text: string, answerHeaders = {}) =>
      resolve({ status, text, headers: { 'cache-control': 'no-store', ...answerHeaders }, durationMs: 0 });
    ws.on('open', () => {
      ws.close();
      answer(101, '');
    });
    ws.on('unexpected-response', (_request, response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => answer(response.statusCode ?? 0, text, response.headers));
    });
    ws.on('error', reject);
  });
}

describe('who may connect a socket', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;

  before(async () => {
    windows = await TestWindows.open({
      dataDir: folder.path,
      config: { allowedHosts: ['scanner.example'], allowedOrigins: [FRIEND] },
    });
  });
  after(() => windows.close());

  const attempts = {
    polling: (headers: Record<string, string>) =>
      rawRequest({ port: windows.port, path: `${PATH}polling`, headers }),
    websocket: (headers: Record<string, string>) => upgrade(windows.port, headers),
  };

  for (const [transport, attempt] of Object.entries(attempts)) {
    it(`over ${transport} is decided by Host and Origin`, async () => {
      const own = `http://127.0.0.1:${windows.port}`;
      const table: readonly (readonly [Record<string, string>, ErrorCode | 'ok'])[] = [
        [{}, 'ok'],
        [{ host: 'localhost' }, 'ok'],
        [{ host: 'scanner.example', origin: 'https://scanner.example' }, 'ok'],
        [{ origin: own }, 'ok'],
        [{ origin: FRIEND }, 'ok'],
        [{ host: 'evil.example' }, 'forbidden_host'],
        [{ host: 'evil.example', origin: 'http://evil.example' }, 'forbidden_host'],
        [{ origin: 'https://evil.example' }, 'forbidden_origin'],
        [{ origin: 'null' }, 'forbidden_origin'],
        [{ origin: 'http://127.0.0.1:1' }, 'forbidden_origin'],
      ];
      for (const [headers, expected] of table) {
        const answer = await attempt(headers);
        if (expected === 'ok') assert.ok([101, 200].includes(answer.status), JSON.stringify(headers));
        else expectProblem(answer, expected);
      }
    });
  }

  it('is asked at every polling request, not only at the first', async () => {
    const { text, headers: answered } = await attempts.polling({});
    assert.ok(answered['x-request-id']);
    assert.deepEqual(
      [answered['cache-control'], answered['x-content-type-options']],
      ['no-store', 'nosniff'],
    );
    const { sid } = JSON.parse(text.slice(1));
    const headers = { origin: 'https://evil.example' };
    const path = `${PATH}polling&sid=${sid}`;
    expectProblem(await rawRequest({ port: windows.port, path, headers }), 'forbidden_origin');
  });

  it('is told to browsers of listed origins alone', async () => {
    const friend = await attempts.polling({ origin: FRIEND });
    assert.equal(friend.headers['access-control-allow-origin'], FRIEND);
    const own = await attempts.polling({ origin: `http://127.0.0.1:${windows.port}` });
    assert.equal(own.headers['access-control-allow-origin'], undefined);
  });

  it('finds no client script and no other namespace', async () => {
    const answer = await rawRequest({ port: windows.port, path: '/socket.io/socket.io.js' });
    assert.equal(answer.status, 400);
    await assert.rejects(EventReader.connect(`${windows.url}/admin`), /Invalid namespace/);
  });
});

describe('tokens of a socket', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;

  before(async () => {
    windows = await TestWindows.open({
      dataDir: folder.path,
      config: { apiToken: API_TOKEN, readerToken: READER_TOKEN },
    });
    await windows.createScan('scan_a');
  });
  after(() => windows.close());

  for (const transport of ['websocket', 'polling']) {
    it(`open the connection over ${transport} and say what may be asked`, async () => {
      const transports = [transport];
      const refused = [undefined, {}, { token: 'wrong' }, { token: [API_TOKEN] }, { token: null }];
      for (const auth of refused) {
        const error = await EventReader.connect(windows.url, { transports, ...(auth && { auth }) }).then(
          () => assert.fail('connected'),
          (reason: Error & { data?: AckError }) => reason,
        );
        assert.equal(ackErrorSchema.parse(error.data).code, 'unauthorized');
      }
      const full = await EventReader.connect(windows.url, { transports, auth: { token: API_TOKEN } });
      const scan = await full.socket.emitWithAck('requestQuickScan', { limit: 1, analyze: false });
      assert.ok(scan.ok);
      const reader = await EventReader.connect(windows.url, { transports, auth: { token: READER_TOKEN } });
      assert.ok((await reader.subscribe({ scanId: 'scan_a' })).ok);
      const denied = await reader.socket.emitWithAck('requestQuickScan', { limit: 1 });
      assert.ok(!denied.ok && denied.error.code === 'forbidden_role');
      full.close();
      reader.close();
    });
  }

  it('come in a header too, but never in the address', async () => {
    const extraHeaders = { authorization: `Bearer ${API_TOKEN}` };
    const reader = await EventReader.connect(windows.url, { extraHeaders });
    reader.close();
    await assert.rejects(EventReader.connect(windows.url, { query: { token: API_TOKEN } }));
  });
});
