import type { WebhookInput } from '@fast-scanner/shared';
import type { Store } from '../store/store.ts';
import { createProgress, type Progress, type StoredWebhook, toStoredWebhook } from './webhook-record.ts';

const WEBHOOKS_KEY = 'webhooks';
const progressKey = (id: string) => `webhook.${id}.progress`;

interface Entry {
  readonly webhook: StoredWebhook;
  progress: Progress;
}

/** The webhooks and how far each is, in memory and in the store. */
export class WebhookBook {
  readonly #store: Store;
  #entries: ReadonlyMap<string, Entry> = new Map();
  #opening: Promise<void> | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Reads them from the store. Idempotent; everything else wants it to have resolved. */
  open(): Promise<void> {
    this.#opening ??= this.#open().catch((error) => {
      this.#opening = null; // the next call tries again
      throw error;
    });
    return this.#opening;
  }

  all(): readonly StoredWebhook[] {
    return [...this.#entries.values()].map(({ webhook }) => webhook);
  }

  get(id: string): StoredWebhook | undefined {
    return this.#entries.get(id)?.webhook;
  }

  progress(id: string): Progress {
    return this.#entries.get(id)?.progress ?? createProgress(0);
  }

  /** Keeps how far a webhook is in memory alone: for what a restart may well do again. */
  note(id: string, progress: Progress): void {
    const entry = this.#entries.get(id);
    if (entry) entry.progress = progress;
  }

  /** Keeps it. In memory it stands even if the store refuses it. @throws ScannerError `disk_full`, `unavailable` */
  async save(id: string, progress: Progress): Promise<void> {
    if (!this.#entries.has(id)) return;
    this.note(id, progress);
    await this.#store.commit({ putSettings: { [progressKey(id)]: progress } });
  }

  /** What the webhooks would be, secrets that are not given again included. */
  plan(inputs: readonly WebhookInput[]): readonly StoredWebhook[] {
    return inputs.map((input) => toStoredWebhook(input, this.get(input.id)));
  }

  /** Replaces all. Those that were not there or switched off begin behind `newestSeq`. @throws ScannerError `disk_full`, `unavailable` */
  async replace(webhooks: readonly StoredWebhook[], newestSeq: number): Promise<void> {
    const fresh = new Map(
      webhooks.flatMap((webhook) => {
        const progress = this.#freshProgress(webhook, newestSeq);
        return progress ? [[webhook.id, progress] as const] : [];
      }),
    );
    const ids = new Set(webhooks.map(({ id }) => id));
    const dropped = this.all().filter(({ id }) => !ids.has(id));
    await this.#store.commit({
      putSettings: {
        [WEBHOOKS_KEY]: webhooks,
        ...Object.fromEntries(dropped.map(({ id }) => [progressKey(id), null])),
        ...Object.fromEntries([...fresh].map(([id, progress]) => [progressKey(id), progress])),
      },
    });
    // The others have gone on meanwhile.
    this.#entries = new Map(
      webhooks.map((webhook) => {
        const { id } = webhook;
        return [id, { webhook, progress: fresh.get(id) ?? this.progress(id) }];
      }),
    );
  }

  /** Where a webhook begins anew; `null` when it goes on. One that leads elsewhere tries at once what waited. */
  #freshProgress({ id, url }: StoredWebhook, newestSeq: number): Progress | null {
    const known = this.#entries.get(id);
    if (!known) return createProgress(newestSeq);
    const { webhook, progress } = known;
    if (!webhook.enabled) return { ...progress, cursor: newestSeq, waiting: null };
    return webhook.url === url ? null : { ...progress, waiting: null };
  }

  async #open(): Promise<void> {
    const stored = (await this.#store.getSetting(WEBHOOKS_KEY)) as readonly StoredWebhook[] | null; // written by `replace` alone
    const entries = await Promise.all(
      (stored ?? []).map(async (webhook): Promise<[string, Entry]> => {
        const progress = (await this.#store.getSetting(progressKey(webhook.id))) as Progress | null; // by `replace` and `save`
        return [webhook.id, { webhook, progress: progress ?? createProgress(0) }];
      }),
    );
    this.#entries = new Map(entries);
  }
}
