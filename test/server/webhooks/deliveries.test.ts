import assert from 'node:assert/strict';
import { ALERTS_TOPIC_STREAM } from '@fast-scanner/server/scanners/fast-scanner/fast-scanner-service.ts';
import type { Store, WriteBatch } from '@fast-scanner/server/store/store.ts';
import { ScannerError } from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { faultyStore } from '../scanners/continuous/faulty-store.ts';
import { WebhookDesk } from './webhook-desk.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

describe('the deliveries of a webhook', () => {
  const folder = temporaryFolder();
  let receiver: WebhookReceiver;
  let other: WebhookReceiver;
  let desk: WebhookDesk;
  let count = 0;

  before(async () => {
    receiver = await WebhookReceiver.open();
    other = await WebhookReceiver.open();
  });
  beforeEach(async () => {
    for (const one of [receiver, other]) one.reset();
    count += 1;
    desk = await WebhookDesk.open(`${folder.path}/${count}`);
  });
  afterEach(() => desk.close());
  after(() => Promise.all([receiver.close(), other.close()]));

  it('are the alerts from now on, in their order', async () => {
    await desk.alert('OLD/USDT');
    await desk.put({ id: 'desk', url: receiver.url });
    await desk.alert('A/USDT', 'B/USDT');
    await desk.alert('C/USDT');
    const state = await desk.until({ delivered: 3, pending: 0, failed: 0, lastError: null });
    assert.deepEqual(receiver.abouts, ['A/USDT', 'B/USDT', 'C/USDT']);
    assert.deepEqual([state.lastDelivery?.statusCode, state.lastDelivery?.delivered], [204, true]);
  });

  it('are only those of the rules that were asked for', async () => {
    await desk.put({ id: 'desk', url: receiver.url, rules: ['score'] });
    await desk.alertOf('flip', 'A/USDT');
    await desk.alertOf('score', 'B/USDT');
    await desk.alertOf('flip', 'C/USDT');
    await desk.until({ delivered: 1, pending: 0 });
    await desk.restart();
    await desk.alertOf('score', 'D/USDT');
    await desk.until({ delivered: 2, pending: 0 });
    assert.deepEqual(receiver.abouts, ['B/USDT', 'D/USDT']);
  });

  it('are tried again with longer and longer pauses, under the same id, while the later ones wait', async () => {
    await desk.put({ id: 'desk', url: receiver.url });
    receiver.next = [500, (response) => response.destroy(), 408];
    await desk.alert('A/USDT', 'B/USDT');
    const pauses = [await desk.passPause(1), await desk.passPause(2), await desk.passPause(3)];
    assert.deepEqual(pauses, [2000, 4000, 8000]);
    await desk.until({ delivered: 2, pending: 0, nextAttemptAt: null });
    assert.deepEqual(receiver.abouts, ['A/USDT', 'A/USDT', 'A/USDT', 'A/USDT', 'B/USDT']);
    const ids = receiver.received.map(({ headers }) => headers['x-fastscanner-delivery']);
    assert.equal(new Set(ids).size, 2);
    assert.equal((await desk.state()).lastError?.detail, 'answered 408 Request Timeout');
  });

  it('wait as long as the receiver asks', async () => {
    await desk.put({ id: 'desk', url: receiver.url });
    receiver.next = [(response) => response.writeHead(429, { 'retry-after': '90' }).end()];
    await desk.alert('A/USDT');
    assert.equal(await desk.passPause(1), 90_000);
    await desk.until({ delivered: 1 });
  });

  it('go on after one that is refused for good', async () => {
    await desk.put({ id: 'desk', url: receiver.url });
    receiver.next = [410];
    await desk.alert('A/USDT', 'B/USDT');
    const { lastError } = await desk.until({ delivered: 1, failed: 1, pending: 0 });
    assert.equal(lastError?.detail, 'answered 410 Gone; given up');
    assert.deepEqual(receiver.abouts, ['A/USDT', 'B/USDT']);
  });

  it('go on after one that was given up', async () => {
    await desk.put({ id: 'desk', url: receiver.url });
    receiver.next = Array.from({ length: 10 }, () => 503);
    await desk.alert('A/USDT', 'B/USDT');
    for (let attempt = 1; attempt < 10; attempt += 1) await desk.passPause(attempt);
    const { lastError } = await desk.until({ delivered: 1, failed: 1, pending: 0 });
    assert.equal(lastError?.detail, 'answered 503 Service Unavailable; given up after 10 attempts');
    assert.equal(receiver.received.length, 11);
  });

  it('go on after a restart where they were: attempts, pause and order', async () => {
    await desk.put({ id: 'desk', url: receiver.url });
    receiver.next = [500, 500];
    await desk.alert('A/USDT', 'B/USDT');
    await desk.passPause(1);
    const { nextAttemptAt } = await eventually(async () => {
      const state = await desk.state();
      assert.equal(state.lastDelivery?.attempt, 2);
      return state;
    });
    await desk.restart();
    const again = await desk.until({ pending: 2 });
    assert.equal(again.nextAttemptAt, nextAttemptAt);
    await desk.alert('C/USDT');
    assert.equal(await desk.passPause(2), 4000);
    await desk.until({ delivered: 3, pending: 0 });
    assert.deepEqual(receiver.abouts, ['A/USDT', 'A/USDT', 'A/USDT', 'B/USDT', 'C/USDT']);
  });

  it('that are broken off by a shutdown are sent again under the same id', async () => {
    await desk.put({ id: 'desk', url: receiver.url });
    receiver.next = [() => undefined];
    await desk.alert('A/USDT');
    await eventually(() => assert.equal(receiver.received.length, 1));
    await desk.restart();
    await desk.until({ delivered: 1, failed: 0, lastError: null });
    const [first, second] = receiver.received.map(({ headers }) => headers['x-fastscanner-delivery']);
    assert.equal(first, second);
  });

  it('are not held up by another receiver that is slow', async () => {
    await desk.put({ id: 'slow', url: other.url }, { id: 'desk', url: receiver.url });
    other.always = () => undefined;
    await desk.alert('A/USDT', 'B/USDT');
    await desk.until({ delivered: 2 });
    assert.deepEqual([(await desk.state('slow')).pending, other.abouts], [2, ['A/USDT']]);
  });

  it('pause while the webhook is switched off, and leave out what happened meanwhile', async () => {
    await desk.put({ id: 'desk', url: receiver.url, enabled: false });
    await desk.alert('A/USDT');
    assert.equal((await desk.state()).pending, 0);
    await desk.put({ id: 'desk', url: receiver.url });
    await desk.alert('B/USDT');
    await desk.until({ delivered: 1 });
    assert.deepEqual(receiver.abouts, ['B/USDT']);
  });

  it('that wait go to the new address when it changes, at once', async () => {
    await desk.put({ id: 'desk', url: receiver.url });
    receiver.always = 500;
    await desk.alert('A/USDT');
    await desk.until({ pending: 1 });
    await eventually(async () => assert.ok((await desk.state()).nextAttemptAt));
    await desk.put({ id: 'desk', url: other.url });
    await desk.until({ delivered: 1, pending: 0 });
    assert.deepEqual(other.abouts, ['A/USDT']);
  });

  it('are neither lost nor repeated for a webhook that stays when others change', async () => {
    await desk.put({ id: 'desk', url: receiver.url });
    const symbols = Array.from({ length: 30 }, (_, index) => `C${index}/USDT`);
    for (const [index, symbol] of symbols.entries()) {
      await desk.alert(symbol);
      if (index % 5 === 0)
        await desk.put({ id: 'desk', url: receiver.url }, { id: `other-${index}`, url: other.url });
    }
    await desk.until({ delivered: 30, pending: 0 });
    assert.deepEqual(receiver.abouts, symbols);
  });

  it('end with the webhook; one of the same name begins anew', async () => {
    await desk.put({ id: 'desk', url: receiver.url });
    receiver.always = 500;
    await desk.alert('A/USDT');
    await eventually(async () => assert.ok((await desk.state()).nextAttemptAt));
    await desk.put();
    receiver.always = 204;
    await desk.put({ id: 'desk', url: receiver.url });
    assert.deepEqual(await desk.state(), {
      lastDelivery: null,
      pending: 0,
      delivered: 0,
      failed: 0,
      nextAttemptAt: null,
      lastError: null,
    });
  });

  it('tell of alerts that were deleted before they could be delivered, and go on', async () => {
    await desk.put({ id: 'desk', url: receiver.url });
    await desk.webhooks.close();
    await desk.alert('A/USDT', 'B/USDT', 'C/USDT');
    await desk.store.trimEvents(ALERTS_TOPIC_STREAM, 2);
    await desk.restart();
    const { lastError } = await desk.until({ delivered: 1, failed: 2, pending: 0 });
    assert.match(lastError?.detail ?? '', /^2 alerts were deleted/);
    assert.deepEqual(receiver.abouts, ['C/USDT']);
  });

  it('that were not asked for and were deleted since are not missed', async () => {
    await desk.put({ id: 'desk', url: receiver.url, rules: ['score'] });
    for (const symbol of ['A/USDT', 'B/USDT', 'C/USDT']) await desk.alertOf('flip', symbol);
    await eventually(async () => {
      const noted = await desk.store.getSetting('webhook.desk.progress');
      assert.equal((noted as { readonly cursor: number }).cursor, 3); // a webhook's progress
    });
    await desk.webhooks.close();
    await desk.store.trimEvents(ALERTS_TOPIC_STREAM, 3);
    await desk.restart();
    await desk.alertOf('score', 'D/USDT');
    await desk.until({ delivered: 1, failed: 0, lastError: null });
  });

  it('to private addresses end when those are no longer allowed', async () => {
    await desk.put({ id: 'desk', url: receiver.url });
    await desk.restart({ allowPrivate: false });
    await desk.alert('A/USDT');
    const { lastError } = await desk.until({ failed: 1, pending: 0 });
    assert.match(lastError?.detail ?? '', /^127\.0\.0\.1 is not public .*; given up$/);
    assert.equal(receiver.received.length, 0);
  });
});

describe('the deliveries of a webhook over a troubled store', () => {
  const folder = temporaryFolder();

  it('that end while other webhooks are being changed are not repeated', async () => {
    const receiver = await WebhookReceiver.open();
    let duringChange = async () => {};
    const desk = await WebhookDesk.open(`${folder.path}/slow`, (store) => {
      const commit = async (batch: WriteBatch) => {
        if (batch.putSettings && 'webhooks' in batch.putSettings) await duringChange();
        return store.commit(batch);
      };
      return new Proxy(store, { get: (_, name) => (name === 'commit' ? commit : bound(store, name)) });
    });
    await desk.put({ id: 'desk', url: receiver.url });
    duringChange = async () => {
      await desk.alert('A/USDT');
      await desk.until({ delivered: 1, pending: 0 });
    };
    await desk.put({ id: 'desk', url: receiver.url }, { id: 'other', url: receiver.url, enabled: false });
    await desk.until({ delivered: 1, pending: 0 });
    await desk.restart();
    await desk.alert('B/USDT');
    await desk.until({ delivered: 2, pending: 0 });
    assert.deepEqual(receiver.abouts, ['A/USDT', 'B/USDT']);
    await desk.close();
    await receiver.close();
  });

  it('go on when the disk is full, and are repeated only by the next process', async () => {
    const receiver = await WebhookReceiver.open();
    let isFull = false;
    const desk = await WebhookDesk.open(`${folder.path}/full`, (store) => {
      const faulty = faultyStore(store);
      const isNote = ({ appendEvents = [] }: WriteBatch) => appendEvents.length === 0;
      faulty.faults.before = (batch) =>
        isFull && isNote(batch) ? new ScannerError('disk_full', 'no space') : null;
      return faulty.store;
    });
    await desk.put({ id: 'desk', url: receiver.url });
    isFull = true;
    await desk.alert('A/USDT', 'B/USDT');
    await desk.until({ delivered: 2, pending: 0 });
    assert.deepEqual(receiver.abouts, ['A/USDT', 'B/USDT']);
    isFull = false;
    await desk.restart();
    await desk.until({ delivered: 2, pending: 0 });
    assert.deepEqual(receiver.abouts, ['A/USDT', 'B/USDT', 'A/USDT', 'B/USDT']);
    await desk.close();
    await receiver.close();
  });
});

function bound(store: Store, name: string | symbol): unknown {
  const value: unknown = Reflect.get(store, name);
  return typeof value === 'function' ? value.bind(store) : value;
}
