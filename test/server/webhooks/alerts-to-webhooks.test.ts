import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import {
  type Alert,
  alertRulesResponseSchema,
  alertsResponseSchema,
  changesResponseSchema,
  webhookPayloadSchema,
  webhooksResponseSchema,
  webhookTestResponseSchema,
} from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { MovingClock } from '../../support/moving-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from '../http/expect-problem.ts';
import { rawRequest, sendJson } from '../http/raw-request.ts';
import { TestClient } from '../http/test-client.ts';
import { TestWindows } from '../http/test-windows.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

const WEBHOOKS = '/api/scanner/webhooks';
const SECRET = 'whsec-0123456789abcdef';
const API_TOKEN = 'full-token-0123456789';
const READER_TOKEN = 'reader-token-0123456789';
const DAY = 86_400_000;

describe('webhooks over HTTP', () => {
  const folder = temporaryFolder();
  const clock = new MovingClock(Date.UTC(2026, 0, 7, 10, 20));
  let windows: TestWindows;
  let client: TestClient;
  let receiver: WebhookReceiver;
  let alerts: readonly Alert[];

  before(async () => {
    receiver = await WebhookReceiver.open();
    const config = { webhookAllowPrivate: true };
    windows = await TestWindows.open({ dataDir: folder.path, config, clock });
    client = new TestClient(windows);
  });
  after(async () => {
    await windows.close();
    await receiver.close();
  });

  const put = (...webhooks: readonly object[]) => sendJson(windows.port, WEBHOOKS, { webhooks }, 'PUT');
  const list = async () => (await client.get(WEBHOOKS, webhooksResponseSchema)).webhooks;
  const scan = async () => {
    const { status, text } = await sendJson(windows.port, '/api/scanner/quick-scan', {
      analyze: false,
      limit: 8,
    });
    assert.equal(status, 200, text);
  };

  it('take a webhook and never tell its secret, in no answer', async () => {
    const answer = await put({
      id: 'desk',
      url: receiver.url,
      secret: SECRET,
      rules: ['flip', 'price-move'],
    });
    assert.equal(answer.status, 200, answer.text);
    const [webhook] = await list();
    assert.deepEqual(
      [webhook?.hasSecret, webhook?.enabled, webhook?.rules, webhook?.state.pending],
      [true, true, ['flip', 'price-move'], 0],
    );
    const { text } = await client.ask(WEBHOOKS);
    for (const said of [answer.text, text]) assert.ok(!said.includes(SECRET));
  });

  it('post every alert of two scans that was asked for, signed, in the order of the topic', async () => {
    await scan();
    clock.setAhead(DAY);
    await scan();
    ({ alerts } = await eventually(async () => {
      const answer = await client.get('/api/scanner/alerts?limit=500', alertsResponseSchema);
      assert.ok(answer.count > 3, `${answer.count} alerts`);
      return answer;
    }));
    const wanted = alerts.filter(({ ruleId }) => ['flip', 'price-move'].includes(ruleId)).toReversed();
    await eventually(() => assert.equal(receiver.received.length, wanted.length));
    const bodies = receiver.received.map(({ body }) => webhookPayloadSchema.parse(JSON.parse(body)));
    assert.deepEqual(
      bodies.map((body) => body.type === 'alert' && body.alert),
      wanted,
    );
    for (const { headers, body } of receiver.received) {
      const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-fastscanner-signature'])) ?? [];
      assert.equal(v1, createHmac('sha256', SECRET).update(`${t}.${body}`).digest('hex'));
    }
    assert.ok(wanted.every(({ dataSource }) => dataSource?.kind === 'simulated'));
  });

  it('have the changes behind the alerts at their side', async () => {
    const { changes, reason } = await client.get('/api/scanner/changes', changesResponseSchema);
    assert.equal(reason, null);
    for (const { symbol, change } of alerts.filter(({ ruleId }) => ruleId === 'flip')) {
      assert.ok(changes.some((one) => one.symbol === symbol && one.change === change));
    }
    const flips = await client.get('/api/scanner/changes?change=flipped&limit=1', changesResponseSchema);
    assert.equal(flips.count, 1);
    const both = await client.ask(`/api/scanner/changes?scanId=${flips.scanId}&timeframe=1h`);
    assert.match(expectProblem(both, 'invalid_input').detail, /goes not with a scanId/);
  });

  it('send a test and say how it fared', async () => {
    receiver.reset();
    const test = async () => {
      const { status, text } = await client.ask(`${WEBHOOKS}/desk/test`, 'POST');
      assert.equal(status, 200, text);
      return webhookTestResponseSchema.parse(JSON.parse(text));
    };
    const taken = await test();
    assert.deepEqual([taken.delivered, taken.statusCode, receiver.abouts], [true, 204, ['test']]);
    receiver.next = [500];
    const refused = await test();
    assert.deepEqual([refused.delivered, refused.detail], [false, 'answered 500 Internal Server Error']);
    assert.equal(receiver.received.length, 2, 'a test is tried once');
    expectProblem(await client.ask(`${WEBHOOKS}/none/test`, 'POST'), 'not_found');
  });

  it('keep a secret that is not given again, and drop it for null', async () => {
    await put({ id: 'desk', url: receiver.url });
    assert.equal((await list())[0]?.hasSecret, true);
    await put({ id: 'desk', url: receiver.url, secret: null });
    assert.equal((await list())[0]?.hasSecret, false);
  });

  it('refuse what cannot be, naming the field and nothing secret', async () => {
    const url = 'https://hooks.example/x';
    const wrong: readonly (readonly [object[], pointer: string, RegExp])[] = [
      [[{ id: 'a', url: 'ftp://hooks.example' }], '/webhooks/0/url', /http or https/],
      [[{ id: 'a', url: 'https://me:pass@hooks.example' }], '/webhooks/0/url', /user name or password/],
      [[{ id: 'a', url: 'http://169.254.169.254/latest' }], '/webhooks/0/url', /secrets of a machine/],
      [[{ id: 'a', url, secret: 'too short' }], '/webhooks/0/secret', /16/],
      [[{ id: 'a', url, rules: ['flip', 'flop'] }], '/webhooks/0/rules/1', /no alert rule flop/],
      [[{ id: 'a', url, rules: [] }], '/webhooks/0/rules', /./],
      [[{ id: 'A b', url }], '/webhooks/0/id', /lower-case/],
      [[{ id: 'a', url, state: {} }], '/webhooks/0/state', /unknown field/],
      [
        [
          { id: 'a', url },
          { id: 'a', url },
        ],
        '/webhooks',
        /same id/,
      ],
    ];
    for (const [webhooks, pointer, detail] of wrong) {
      const answer = await put(...webhooks);
      const [error] = expectProblem(answer, 'invalid_input').errors ?? [];
      assert.equal(error?.pointer, pointer, answer.text);
      assert.match(error?.detail ?? '', detail);
      assert.doesNotMatch(answer.text, /too short|me:pass/);
    }
    assert.equal((await list()).length, 1, 'nothing was changed');
  });

  it('keep rules that name more than the change: unit, exchange, timeframe', async () => {
    const rules = [
      { id: 'atr', change: 'price_move', threshold: 3, unit: 'atr', exchange: 'demo', timeframe: '4h' },
    ];
    const path = '/api/scanner/alert-rules';
    const { text } = await sendJson(windows.port, path, { rules }, 'PUT');
    const [rule] = alertRulesResponseSchema.parse(JSON.parse(text)).rules;
    assert.deepEqual({ ...rule, ...rules[0] }, rule);
    const wrong = await sendJson(windows.port, path, { rules: [{ ...rules[0], change: 'flipped' }] }, 'PUT');
    const pointers = (expectProblem(wrong, 'invalid_input').errors ?? []).map(({ pointer }) => pointer);
    assert.deepEqual(pointers, ['/rules/0/threshold', '/rules/0/unit']);
  });
});

describe('webhooks of a server that shuts down', () => {
  const folder = temporaryFolder();

  it('do not hold it up: a test that hangs is answered with 503', async () => {
    const receiver = await WebhookReceiver.open();
    const windows = await TestWindows.open({ dataDir: folder.path, config: { webhookAllowPrivate: true } });
    receiver.always = () => undefined;
    await sendJson(windows.port, WEBHOOKS, { webhooks: [{ id: 'desk', url: receiver.url }] }, 'PUT');
    const testing = new TestClient(windows).ask(`${WEBHOOKS}/desk/test`, 'POST');
    await eventually(() => assert.deepEqual(receiver.abouts, ['test']));
    const startedAt = performance.now();
    await windows.close();
    expectProblem(await testing, 'unavailable');
    assert.ok(performance.now() - startedAt < 5000);
    await receiver.close();
  });
});

describe('webhooks of a server with tokens, in public networks only', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;
  before(async () => {
    const config = { apiToken: API_TOKEN, readerToken: READER_TOKEN };
    windows = await TestWindows.open({ dataDir: folder.path, config });
  });
  after(() => windows.close());

  const send = (token: string, url: string) =>
    rawRequest({
      port: windows.port,
      path: WEBHOOKS,
      method: 'PUT',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ webhooks: [{ id: 'desk', url }] }),
    });

  it('are changed and tried by those who may change things', async () => {
    const url = 'https://hooks.example/x';
    expectProblem(await send(READER_TOKEN, url), 'forbidden_role');
    assert.equal((await send(API_TOKEN, url)).status, 200);
    const headers = { authorization: `Bearer ${READER_TOKEN}` };
    const path = `${WEBHOOKS}/desk/test`;
    expectProblem(await rawRequest({ port: windows.port, path, method: 'POST', headers }), 'forbidden_role');
  });

  it('do not lead to this machine or its neighbours', async () => {
    for (const host of ['127.0.0.1', 'localhost', 'a.localhost', '[::1]', '10.1.2.3', '0x7f000001']) {
      const problem = expectProblem(await send(API_TOKEN, `http://${host}:8080/`), 'invalid_input');
      assert.match(problem.detail, /^\/webhooks\/0\/url: .* is not public .*WEBHOOK_ALLOW_PRIVATE/, host);
    }
  });
});
