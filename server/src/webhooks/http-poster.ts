import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Clock } from '@fast-scanner/shared';
import type { AddressGuard } from './address-guard.ts';
import { createGuardedLookup, RefusedAddressError, type ResolveHost } from './guarded-lookup.ts';

export interface HttpPosterOptions {
  readonly guard: AddressGuard;
  readonly clock: Clock;
  /** From the first byte to the last one. Default 10,000. */
  readonly timeoutMs?: number;
  /** Default: that of the operating system. */
  readonly resolve?: ResolveHost;
}

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

export interface PostAnswer {
  readonly statusCode: number;
  readonly retryAfter: string | undefined;
}

/** Bytes of an answer that are taken, and thrown away, before the line is cut. */
const MOST_BYTES = 65_536;

/** Posts to addresses that somebody else chose. Follows no redirect, reads no answer but its status, keeps no connection. */
export class HttpPoster {
  readonly #guard: AddressGuard;
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #lookup: LookupFunction;

  constructor({ guard, clock, timeoutMs = 10_000, resolve }: HttpPosterOptions) {
    this.#guard = guard;
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
    this.#lookup = createGuardedLookup(guard, resolve);
  }

  /**
   * Resolves with whatever status is answered.
   * @throws RefusedAddressError; Error with the `code` of Node when nothing answers; the signal's reason
   */
  async post({ signal, ...post }: Post): Promise<PostAnswer> {
    signal.throwIfAborted();
    const url = new URL(post.url);
    this.#assertAllowed(url);
    const limit = new AbortController();
    const stopTimer = this.#clock.schedule(this.#timeoutMs, () => limit.abort());
    try {
      return await this.#send(url, { ...post, signal: AbortSignal.any([signal, limit.signal]) });
    } catch (error) {
      signal.throwIfAborted();
      if (limit.signal.aborted) throw new Error(`no answer within ${this.#timeoutMs / 1000} s`);
      throw error;
    } finally {
      stopTimer();
    }
  }

  /** An address in the place of a name is never looked up. */
  #assertAllowed({ hostname }: URL): void {
    const address = hostname.replace(/^\[|\]$/g, '');
    const refusal = isIP(address) === 0 ? null : this.#guard.refusalOf(address);
    if (refusal) throw new RefusedAddressError(refusal);
  }

  #send(url: URL, { headers, body, signal }: Omit<Post, 'url'>): Promise<PostAnswer> {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const options = { method: 'POST', headers, lookup: this.#lookup, agent: false, signal };
      const sent = request(url, options, (response) => {
        const { statusCode = 0, headers: answered } = response;
        const answer = { statusCode, retryAfter: answered['retry-after'] };
        sent.removeListener('error', reject);
        sent.on('error', () => resolve(answer)); // its status is known, whatever becomes of the rest
        discard(response, () => resolve(answer));
      });
      sent.on('error', reject);
      sent.on('close', () => reject(new Error('the connection was closed without an answer')));
      sent.end(body);
    });
  }
}

function discard(response: IncomingMessage, onEnd: () => void): void {
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MOST_BYTES) response.destroy();
  });
  response.on('error', onEnd);
  response.on('close', onEnd);
}
