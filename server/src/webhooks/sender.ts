import type { Clock } from '@fast-scanner/shared';
import { type Attempt, attemptOfAnswer, attemptOfError } from './attempt.ts';
import { type Delivery, headersOf } from './delivery.ts';
import type { HttpPoster } from './http-poster.ts';
import type { StoredWebhook } from './webhook-record.ts';

/** Makes attempts. */
export class Sender {
  readonly #poster: HttpPoster;
  readonly #clock: Clock;

  constructor(poster: HttpPoster, clock: Clock) {
    this.#poster = poster;
    this.#clock = clock;
  }

  /** @throws the signal's reason when it aborts before an answer came */
  async attempt(
    { url, secret }: Pick<StoredWebhook, 'url' | 'secret'>,
    delivery: Delivery,
    signal: AbortSignal,
  ): Promise<Attempt> {
    const headers = headersOf(delivery, { secret, nowMs: this.#clock.now() });
    try {
      const answer = await this.#poster.post({ url, headers, body: delivery.body, signal });
      return attemptOfAnswer(answer, this.#clock.now());
    } catch (error) {
      signal.throwIfAborted();
      return attemptOfError(error);
    }
  }
}
