import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { AddressGuard } from '@fast-scanner/server/webhooks/address-guard.ts';
import { progressAfter } from '@fast-scanner/server/webhooks/after-attempt.ts';
import { type Attempt, attemptOfAnswer } from '@fast-scanner/server/webhooks/attempt.ts';
import { createTestDelivery } from '@fast-scanner/server/webhooks/delivery.ts';
import { HttpPoster } from '@fast-scanner/server/webhooks/http-poster.ts';
import { MAX_ATTEMPTS, nextAttemptInMs } from '@fast-scanner/server/webhooks/retry-plan.ts';
import { Sender } from '@fast-scanner/server/webhooks/sender.ts';
import { createProgress } from '@fast-scanner/server/webhooks/webhook-record.ts';
import fc from 'fast-check';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { PROPERTY_RUNS } from '../analysis/support/property-runs.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

const NOW = Date.UTC(2026, 0, 5, 12);

describe('what an answer means for a delivery', () => {
  const OUTCOMES: Readonly<Record<Attempt['outcome'], readonly number[]>> = {
    delivered: [200, 201, 202, 204],
    retry: [408, 429, 500, 502, 503, 504, 599],
    failed: [301, 302, 307, 308, 400, 401, 403, 404, 410, 413, 422],
  };
  for (const [outcome, statuses] of Object.entries(OUTCOMES)) {
    it(`is ${outcome} for ${statuses.join(', ')}`, () => {
      const found = statuses.map(
        (statusCode) => attemptOfAnswer({ statusCode, retryAfter: undefined }, NOW).outcome,
      );
      assert.deepEqual([...new Set(found)], [outcome]);
    });
  }

  it('heeds Retry-After in seconds and as a date, where another attempt is made', () => {
    const waitAfter = (statusCode: number, retryAfter: string) =>
      attemptOfAnswer({ statusCode, retryAfter }, NOW).retryAfterMs;
    const inAMinute = new Date(NOW + 60_000).toUTCString();
    assert.deepEqual(
      [
        waitAfter(429, '7'),
        waitAfter(503, inAMinute),
        waitAfter(429, '-5'),
        waitAfter(429, 'soon'),
        waitAfter(404, '7'),
      ],
      [7000, 60_000, 0, null, null],
    );
  });
});

describe('the pauses between attempts', () => {
  it('are anything up to twice as much as before, up to ten minutes, and end after the tenth attempt', () => {
    const most = Array.from({ length: MAX_ATTEMPTS }, (_, index) =>
      nextAttemptInMs(index + 1, null, () => 1),
    );
    assert.deepEqual(most, [2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000, null]);
    assert.equal(
      nextAttemptInMs(3, null, () => 0.25),
      2000,
    );
  });

  it('are not shorter than the receiver asked for, and at most an hour', () => {
    assert.equal(
      nextAttemptInMs(1, 90_000, () => 1),
      90_000,
    );
    assert.equal(
      nextAttemptInMs(1, 86_400_000, () => 1),
      3_600_000,
    );
  });
});

describe('how far a webhook is', () => {
  const attempt = fc.record({
    outcome: fc.constantFrom('delivered' as const, 'retry' as const, 'failed' as const),
    statusCode: fc.option(fc.integer({ min: 100, max: 599 })),
    detail: fc.constant('so it went'),
    retryAfterMs: fc.option(fc.integer({ min: 0, max: 10_000 })),
  });

  it('counts every alert once, as delivered or failed, and goes on only when it is done with one', () => {
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 60 }), (attempts) => {
        let progress = createProgress(0);
        for (const made of attempts) {
          const before = progress;
          const seq = before.cursor + 1;
          progress = progressAfter(before, {
            seq,
            deliveryId: 'd',
            attempt: made,
            nowMs: NOW,
            random: () => 0.5,
          });
          assert.equal(progress.delivered + progress.failed, progress.cursor);
          assert.ok(progress.cursor - before.cursor === (progress.waiting ? 0 : 1));
          assert.ok((progress.waiting?.attempts ?? 0) < MAX_ATTEMPTS);
        }
      }),
      PROPERTY_RUNS,
    );
  });
});

describe('an attempt to deliver', () => {
  const clock = new FakeClock(NOW);
  const never = new AbortController().signal;
  let receiver: WebhookReceiver;
  let sender: Sender;

  before(async () => {
    receiver = await WebhookReceiver.open();
    sender = new Sender(new HttpPoster({ guard: new AddressGuard({ allowPrivate: true }), clock }), clock);
  });
  beforeEach(() => receiver.reset());
  after(() => receiver.close());

  const send = (url = receiver.url, secret: string | null = 'a-secret-of-16-chars') =>
    sender.attempt({ url, secret }, createTestDelivery('desk', NOW), never);

  it('carries event, id and a signature of time and body', async () => {
    const { outcome, statusCode, detail } = await send();
    assert.deepEqual([outcome, statusCode, detail], ['delivered', 204, 'answered 204 No Content']);
    const [received] = receiver.received;
    assert.ok(received);
    const { headers, body } = received;
    const t = NOW / 1000;
    const v1 = createHmac('sha256', 'a-secret-of-16-chars').update(`${t}.${body}`).digest('hex');
    assert.equal(headers['x-fastscanner-signature'], `t=${t},v1=${v1}`);
    assert.equal(headers['x-fastscanner-event'], 'test');
    assert.equal(headers['x-fastscanner-delivery'], JSON.parse(body).deliveryId);
    assert.equal(headers['content-type'], 'application/json');
  });

  it('is not signed without a secret', async () => {
    await send(receiver.url, null);
    assert.equal(receiver.received[0]?.headers['x-fastscanner-signature'], undefined);
  });

  it('does not follow a redirect', async () => {
    receiver.always = (response) => response.writeHead(307, { location: `${receiver.url}/elsewhere` }).end();
    const { outcome, detail } = await send();
    assert.equal(outcome, 'failed');
    assert.match(detail, /307 Temporary Redirect; redirects are not followed/);
    assert.equal(receiver.received.length, 1);
  });

  it('takes the status and cuts an answer that does not end', async () => {
    let isCut = false;
    receiver.always = (response) => {
      response.writeHead(200);
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', pour).on('close', () => {
        isCut = true;
      });
      pour();
    };
    assert.equal((await send()).outcome, 'delivered');
    await eventually(() => assert.ok(isCut));
  });

  it('ends after ten seconds without an answer, and counts one whose body alone is late', async () => {
    receiver.always = () => undefined;
    const silent = send();
    await eventually(() => assert.equal(receiver.received.length, 1));
    await clock.advance(10_000);
    const { outcome, detail } = await silent;
    assert.deepEqual([outcome, detail], ['retry', 'no answer within 10 s']);
    receiver.always = (response) => response.writeHead(202).write('{');
    const slow = send();
    await eventually(() => assert.equal(receiver.received.length, 2));
    await new Promise((resolve) => setTimeout(resolve, 20)); // until the status is here
    await clock.advance(10_000);
    assert.equal((await slow).statusCode, 202);
  });

  it('says what is wrong when nothing answers', async () => {
    receiver.always = (response) => response.destroy();
    assert.equal((await send()).detail, 'the connection was cut (ECONNRESET)');
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // a TCP server's address
    server.close();
    await once(server, 'close');
    const refused = await send(`http://127.0.0.1:${port}/`);
    assert.deepEqual([refused.outcome, refused.detail], ['retry', 'nothing listens there (ECONNREFUSED)']);
    const strange = await send(receiver.url.replace('http:', 'https:'));
    assert.match(strange.detail, /^could not be called \(E/);
  });

  it('is never made to this machine unless that is allowed, by address or by name, and is final', async () => {
    const guard = new AddressGuard({ allowPrivate: false });
    const strict = new Sender(new HttpPoster({ guard, clock }), clock);
    for (const host of ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433', 'localhost']) {
      const url = `http://${host}:${receiver.port}/hook`;
      const { outcome, detail } = await strict.attempt(
        { url, secret: null },
        createTestDelivery('desk', NOW),
        never,
      );
      assert.deepEqual([outcome, /is not public/.test(detail)], ['failed', true], `${host}: ${detail}`);
    }
    assert.equal(receiver.received.length, 0);
  });
});
