import {
  type Clock,
  type QuickScanRequest,
  ScannerError,
  type Snapshot,
  type SubscribeRequest,
  type Subscription as SubscriptionAnswer,
} from '@fast-scanner/shared';
import { assertMayChange } from '../ops/access/access-tokens.ts';
import type { Logger } from '../ops/logger.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { MarketService } from '../prices/market-service.ts';
import type { FastScannerService } from '../scanners/fast-scanner/fast-scanner-service.ts';
import type { MarketScanService } from '../scanners/market-scan/market-scan-service.ts';
import type { ScanRunsService } from '../scanners/scan-runs/scan-runs-service.ts';
import type { EventLog } from '../streams/event-log.ts';
import type { ClientLine } from './client-line.ts';
import { createEventFilter, type FilterRequest } from './event-filter.ts';
import { PriceSubscriptions } from './price-subscriptions.ts';
import { Replayer } from './replayer.ts';
import { type StreamKey, toStreamId, toWireKey } from './stream-key.ts';
import type { StreamRooms } from './stream-rooms.ts';
import { type Subscriber, Subscription } from './subscription.ts';
import { emitEvent, type RealtimeSocket } from './typed-socket.ts';

export interface SocketSessionOptions {
  readonly scanner: FastScannerService;
  readonly runs: ScanRunsService;
  readonly marketScans: MarketScanService;
  readonly market: MarketService;
  readonly eventLog: EventLog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly rooms: StreamRooms;
  readonly line: ClientLine;
}

/** What a client follows of the log. */
export type StreamRequest = StreamKey & FilterRequest & Pick<SubscribeRequest, 'afterSeq'>;

/** An answer, and what to do once it is sent. */
export interface Reply<Data> {
  readonly data: Data;
  readonly afterwards?: () => void;
}

export const MAX_SUBSCRIPTIONS = 20;

/** One connected client: what it follows and what it asks for. */
export class SocketSession {
  /** The prices it follows, which are no stream. */
  readonly prices: PriceSubscriptions;
  readonly #socket: RealtimeSocket;
  readonly #options: SocketSessionOptions;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #replayer: Replayer;
  readonly #subscriber: Subscriber;
  /** Scans being started, each of which will be subscribed. */
  #starting = 0;
  #isClosed = false;

  constructor(socket: RealtimeSocket, options: SocketSessionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.prices = new PriceSubscriptions(socket, { ...options, assertOneMore: () => this.#assertOneMore() });
    this.#replayer = this.#createReplayer();
    this.#subscriber = this.#createSubscriber();
  }

  /** Follows a stream. Who follows it already starts anew. */
  async subscribe(request: StreamRequest): Promise<Reply<SubscriptionAnswer>> {
    const { afterSeq, symbols, styles, minScore, ...key } = request;
    const streamId = toStreamId(key);
    this.#subscriptions.get(streamId)?.close();
    this.#assertOneMore();
    const subscription = this.#open(key, request);
    try {
      const snapshot = await this.#snapshot(key);
      const { firstSeq, lastSeq, terminal } = await this.#options.eventLog.read(streamId, afterSeq, 1);
      const isLost = afterSeq + 1 < firstSeq || afterSeq > lastSeq;
      const afterwards = () => {
        if (isLost) this.#reset(subscription, firstSeq, snapshot);
        this.#replayer.add(subscription);
      };
      return { data: { firstSeq, lastSeq, snapshot, terminal }, afterwards };
    } catch (error) {
      subscription.close();
      throw error;
    }
  }

  async unsubscribe(key: StreamKey): Promise<Reply<Record<string, never>>> {
    this.#subscriptions.get(toStreamId(key))?.close();
    return { data: {} };
  }

  /** Starts a scan and follows it from its first event. */
  async requestQuickScan(request: QuickScanRequest): Promise<Reply<{ scanId: string }>> {
    assertMayChange(this.#socket.data.role);
    this.#assertOneMore();
    this.#starting += 1;
    const { scanId, quickScan } = await this.#options.scanner.start(request).finally(() => {
      this.#starting -= 1;
    });
    quickScan.catch(() => undefined); // its events tell
    const { afterwards } = await this.subscribe({ scanId, afterSeq: 0 });
    return { data: { scanId }, ...(afterwards && { afterwards }) };
  }

  close(): void {
    this.#isClosed = true;
    this.prices.close();
    for (const subscription of this.#subscriptions.values()) subscription.close();
  }

  #assertOneMore(): void {
    if (this.#isClosed) throw new ScannerError('unavailable', 'the connection is closed');
    if (this.#subscriptions.size + this.prices.size + this.#starting < MAX_SUBSCRIPTIONS) return;
    throw new ScannerError('too_many_requests', `a connection may follow ${MAX_SUBSCRIPTIONS} streams`);
  }

  #open(key: StreamKey, { afterSeq, ...wanted }: StreamRequest): Subscription {
    const { rooms, metrics } = this.#options;
    const room = rooms.enter(toStreamId(key));
    const filter = createEventFilter(wanted);
    const subscription = new Subscription({ key, afterSeq, filter, room, subscriber: this.#subscriber });
    this.#subscriptions.set(subscription.streamId, subscription);
    metrics.subscriptions.inc();
    return subscription;
  }

  /** @throws ScannerError `not_found` when there is no such scan, run or market scan */
  async #snapshot({ scanId, runId, jobId }: StreamKey): Promise<Snapshot | null> {
    const { scanner, runs, marketScans } = this.#options;
    if (scanId !== undefined) return (await scanner.summary(scanId)) ?? refuseUnknown(`scan ${scanId}`);
    if (runId !== undefined) return (await runs.summary(runId)) ?? refuseUnknown(`run ${runId}`);
    if (jobId !== undefined) return (await marketScans.job(jobId)) ?? refuseUnknown(`market scan ${jobId}`);
    return null;
  }

  /** The log does not have what follows the client's last event: it starts again from the snapshot and the oldest event. */
  #reset(subscription: Subscription, firstSeq: number, snapshot: Snapshot | null): void {
    subscription.moveTo(firstSeq - 1);
    if (subscription.isClosed) return;
    this.#socket.emit('reset', { ...toWireKey(subscription.key), firstSeq, snapshot });
  }

  #createReplayer(): Replayer {
    const { eventLog, line, logger } = this.#options;
    return new Replayer({
      eventLog,
      line,
      onTrimmed: async (subscription, firstSeq) => {
        this.#reset(subscription, firstSeq, await this.#snapshot(subscription.key));
      },
      onError: (error) => {
        logger.error({ err: error }, 'events could not be replayed');
        line.drop('unavailable');
      },
    });
  }

  #createSubscriber(): Subscriber {
    const { line, rooms, metrics } = this.#options;
    return {
      send: (event) => {
        emitEvent(this.#socket, event);
        metrics.deliveries.inc({ window: 'socket' });
      },
      join: (streamId) => void this.#socket.join(streamId),
      dropIfStalled: () => line.dropIfStalled(),
      forget: ({ streamId }) => {
        this.#subscriptions.delete(streamId);
        void this.#socket.leave(streamId);
        rooms.leave(streamId);
        metrics.subscriptions.dec();
      },
    };
  }
}

function refuseUnknown(record: string): never {
  throw new ScannerError('not_found', `there is no ${record}`);
}
