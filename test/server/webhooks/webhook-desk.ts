import assert from 'node:assert/strict';
import { ALERTS_TOPIC_STREAM } from '@fast-scanner/server/scanners/fast-scanner/fast-scanner-service.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import type { NewEvent, Store } from '@fast-scanner/server/store/store.ts';
import { createEventLog } from '@fast-scanner/server/streams/create-event-log.ts';
import type { EventLog } from '@fast-scanner/server/streams/event-log.ts';
import { Webhooks, type WebhooksOptions } from '@fast-scanner/server/webhooks/webhooks.ts';
import {
  type WebhookState,
  type WebhooksInput,
  webhooksRequestSchema,
  webhooksResponseSchema,
} from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** Webhooks over a real store and log, with a clock that moves only when told and no jitter. */
export class WebhookDesk {
  readonly clock = new FakeClock();
  readonly bugs: unknown[] = [];
  readonly store: Store;
  readonly eventLog: EventLog;
  webhooks: Webhooks;

  private constructor(store: Store) {
    this.store = store;
    this.eventLog = createEventLog(store, { onListenerError: (error) => this.bugs.push(error) });
    this.webhooks = this.#create();
  }

  static async open(
    dataDir: string,
    toStore: (store: Store) => Store = (store) => store,
  ): Promise<WebhookDesk> {
    const desk = new WebhookDesk(toStore(await openSqliteStore({ dataDir, clock: new FakeClock() })));
    await desk.webhooks.open();
    return desk;
  }

  /** As if the process had ended and another had begun. */
  async restart(changes: Partial<WebhooksOptions> = {}): Promise<void> {
    await this.webhooks.close();
    this.webhooks = this.#create(changes);
    await this.webhooks.open();
  }

  async close(): Promise<void> {
    await this.webhooks.close();
    await this.store.close();
    assert.deepEqual(this.bugs, []);
  }

  put(...webhooks: WebhooksInput) {
    return this.webhooks.replace(webhooksRequestSchema.parse({ webhooks }));
  }

  async state(id = 'desk'): Promise<WebhookState> {
    const { webhooks } = webhooksResponseSchema.parse(await this.webhooks.list());
    const found = webhooks.find((webhook) => webhook.id === id);
    assert.ok(found, `there is no webhook ${id}`);
    return found.state;
  }

  /** Waits for a state that fits. */
  async until(fits: Partial<WebhookState>, id = 'desk'): Promise<WebhookState> {
    return eventually(async () => {
      const state = await this.state(id);
      assert.deepEqual({ ...state, ...fits }, state);
      return state;
    });
  }

  /** Waits until an attempt has failed, then lets the time until the next one pass. */
  async passPause(attempt: number, id = 'desk'): Promise<number> {
    const pauseMs = await eventually(async () => {
      const { nextAttemptAt, lastDelivery } = await this.state(id);
      assert.ok(nextAttemptAt);
      assert.equal(lastDelivery?.attempt, attempt);
      return Date.parse(nextAttemptAt) - this.clock.now();
    });
    await eventually(() => assert.equal(this.clock.nextTimerInMs, Math.max(0, pauseMs)));
    await this.clock.advance(pauseMs);
    return pauseMs;
  }

  /** Writes alerts about these symbols into the topic's log, in one commit. */
  async alert(...symbols: readonly string[]): Promise<void> {
    await this.#append(symbols.map((symbol) => sampleAlert(symbol)));
  }

  async alertOf(ruleId: string, symbol: string): Promise<void> {
    await this.#append([sampleAlert(symbol, ruleId)]);
  }

  async #append(events: readonly NewEvent[]): Promise<void> {
    await this.eventLog.commit({ appendEvents: [{ streamId: ALERTS_TOPIC_STREAM, events }] });
  }

  #create(changes: Partial<WebhooksOptions> = {}): Webhooks {
    const { store, eventLog, clock } = this;
    return new Webhooks({
      store,
      eventLog,
      clock,
      allowPrivate: true,
      ruleIds: async () => ['flip', 'score'],
      random: () => 1,
      onBug: (error) => this.bugs.push(error),
      ...changes,
    });
  }
}

export function sampleAlert(symbol: string, ruleId = 'flip'): NewEvent {
  const payload = {
    ruleId,
    exchange: 'demo',
    timeframe: '1h',
    scanId: 'scan_b',
    previousScanId: 'scan_a',
    candleCloseTime: '2026-01-05T12:00:00.000Z',
    timestamp: '2026-01-05T12:00:01.000Z',
    symbol,
    change: 'flipped',
    from: 'BUY',
    to: 'SELL',
    delta: null,
    detail: `${symbol} went from BUY to SELL`,
  };
  return { type: 'alert', payload };
}
