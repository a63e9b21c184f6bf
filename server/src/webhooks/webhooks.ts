import { isDeepStrictEqual } from 'node:util';
import {
  type Clock,
  ScannerError,
  type WebhooksRequest,
  type WebhooksResponse,
  type WebhookTestResponse,
} from '@fast-scanner/shared';
import { closedError } from '../scanners/common/closed-error.ts';
import { ALERTS_TOPIC_STREAM } from '../scanners/fast-scanner/fast-scanner-service.ts';
import type { Store } from '../store/store.ts';
import type { EventLog } from '../streams/event-log.ts';
import { AddressGuard } from './address-guard.ts';
import { assertWebhooks } from './assert-webhooks.ts';
import { Courier } from './courier.ts';
import { createTestDelivery } from './delivery.ts';
import { describeState } from './describe-state.ts';
import { HttpPoster } from './http-poster.ts';
import { Sender } from './sender.ts';
import { WebhookBook } from './webhook-book.ts';
import { type StoredWebhook, toWebhook } from './webhook-record.ts';
import type { WebhooksService } from './webhooks-service.ts';

export interface WebhooksOptions {
  readonly store: Store;
  readonly eventLog: EventLog;
  readonly clock: Clock;
  /** Whether receivers may stand in private networks and on this machine. */
  readonly allowPrivate: boolean;
  /** Ids of the alert rules there are. */
  readonly ruleIds: () => Promise<readonly string[]>;
  /** Longest time one attempt may take. Default 10,000. */
  readonly timeoutMs?: number;
  /** 0 to 1, for the pauses between attempts. */
  readonly random?: () => number;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** Sends each alert to the webhooks that ask for it, each at its own pace, with the topic's log as their queue. */
export class Webhooks implements WebhooksService {
  readonly #options: WebhooksOptions;
  readonly #book: WebhookBook;
  readonly #guard: AddressGuard;
  readonly #sender: Sender;
  readonly #couriers = new Map<string, Courier>();
  readonly #closing = new AbortController();
  /** Changes of the webhooks and tests under way. */
  readonly #underWay = new Set<Promise<unknown>>();
  #lastChange: Promise<unknown> = Promise.resolve();
  #isOpen = false;

  constructor(options: WebhooksOptions) {
    this.#options = options;
    this.#book = new WebhookBook(options.store);
    this.#guard = new AddressGuard(options);
    this.#sender = new Sender(new HttpPoster({ ...options, guard: this.#guard }), options.clock);
  }

  /** Goes on with the deliveries where the last process left them. */
  async open(): Promise<void> {
    await this.#book.open();
    if (this.#closing.signal.aborted) return;
    this.#isOpen = true;
    this.#startCouriers();
  }

  /** Breaks off what is under way; it is sent again at the next start. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort(closedError());
    await Promise.allSettled(this.#underWay);
    await this.#stopCouriers(() => true);
  }

  async list(): Promise<WebhooksResponse> {
    await this.#book.open();
    const webhooks = this.#book.all().map(async (webhook) => {
      const progress = this.#book.progress(webhook.id);
      return toWebhook(webhook, await describeState(webhook, progress, this.#options.eventLog));
    });
    return { success: true, webhooks: await Promise.all(webhooks) };
  }

  async replace(request: WebhooksRequest): Promise<WebhooksResponse> {
    const mine = this.#lastChange.then(() => this.#replace(request));
    this.#lastChange = mine.catch(() => undefined); // its caller hears of it
    await this.#track(mine);
    return this.list();
  }

  async test(id: string): Promise<WebhookTestResponse> {
    await this.#book.open();
    const webhook = this.#book.get(id);
    if (!webhook) throw new ScannerError('not_found', `there is no webhook ${id}`);
    const { clock } = this.#options;
    const delivery = createTestDelivery(id, clock.now());
    const startedAt = clock.monotonic();
    const attempting = this.#sender.attempt(webhook, delivery, this.#closing.signal);
    const { outcome, statusCode, detail } = await this.#track(attempting);
    return {
      success: true,
      id,
      deliveryId: delivery.deliveryId,
      delivered: outcome === 'delivered',
      statusCode,
      durationMs: Math.round(clock.monotonic() - startedAt),
      detail,
    };
  }

  async #replace({ webhooks }: WebhooksRequest): Promise<void> {
    const { eventLog, ruleIds } = this.#options;
    await this.#book.open();
    assertWebhooks(webhooks, { guard: this.#guard, ruleIds: await ruleIds() });
    this.#closing.signal.throwIfAborted();
    const wanted = new Map(this.#book.plan(webhooks).map((webhook) => [webhook.id, webhook]));
    await this.#stopCouriers((webhook) => !isDeepStrictEqual(webhook, wanted.get(webhook.id)));
    try {
      const { lastSeq } = await eventLog.read(ALERTS_TOPIC_STREAM, 0, 1);
      await this.#book.replace([...wanted.values()], lastSeq);
    } finally {
      if (this.#isOpen && !this.#closing.signal.aborted) this.#startCouriers();
    }
  }

  #startCouriers(): void {
    for (const webhook of this.#book.all()) {
      if (!webhook.enabled || this.#couriers.has(webhook.id)) continue;
      const { random = Math.random, ...options } = this.#options;
      const courier = new Courier({ ...options, random, webhook, book: this.#book, sender: this.#sender });
      this.#couriers.set(webhook.id, courier);
      courier.start();
    }
  }

  async #stopCouriers(isMeant: (webhook: StoredWebhook) => boolean): Promise<void> {
    const meant = [...this.#couriers].filter(([, { webhook }]) => isMeant(webhook));
    for (const [id] of meant) this.#couriers.delete(id);
    await Promise.all(meant.map(([, courier]) => courier.stop()));
  }

  #track<Result>(work: Promise<Result>): Promise<Result> {
    this.#underWay.add(work);
    return work.finally(() => this.#underWay.delete(work));
  }
}
