import { type Clock, type ErrorCode, ScannerError, sleep } from '@fast-scanner/shared';
import { type BlockStatus, describeState, type GovernorState } from './governor-state.ts';

type GateState = Pick<GovernorState, 'status' | 'resumesAt'>;

/** Proof of admission, to be handed back with the outcome. */
export interface Ticket {
  /** Blocks seen before the request; a failure of an older generation tells nothing new. */
  readonly generation: number;
  readonly isProbe: boolean;
}

export interface ExchangeGateOptions {
  readonly exchangeId: string;
  readonly clock: Clock;
  /** Longest wait for a block to pass; longer ones refuse the call. */
  readonly patienceMs: number;
  readonly onChange: () => void;
}

/** Consecutive failures after which the exchange counts as down. */
const FAILURES_TO_OPEN = 10;
const LONGEST_GUESS_MS = 60_000;
const LONGEST_BLOCK_MS = 3 * 86_400_000;

/** First length of a block when the exchange names none; it doubles with every block in a row. */
const GUESS_MS: Readonly<Record<BlockStatus, number>> = {
  rate_limited: 1_000,
  banned: 120_000,
  maintenance: 5_000,
  open: 5_000,
};

const STATUS_BY_CODE: ReadonlyMap<ErrorCode, BlockStatus> = new Map([
  ['rate_limited', 'rate_limited'],
  ['exchange_banned', 'banned'],
  ['exchange_maintenance', 'maintenance'],
]);

/**
 * Lets requests to one exchange through, or holds them. Every block ends with a single probe: the other calls wait for its
 * outcome. While the circuit is open calls are refused at once instead of waiting.
 */
export class ExchangeGate {
  readonly #options: ExchangeGateOptions;
  #status: GateState['status'] = 'ok';
  /** Monotonic end of the block. */
  #until = 0;
  #generation = 0;
  #failuresInARow = 0;
  #blocksInARow = 0;
  #probe: { readonly ended: Promise<void>; readonly end: () => void } | null = null;

  constructor(options: ExchangeGateOptions) {
    this.#options = options;
  }

  state(): GateState {
    const remainingMs = this.remainingMs();
    const isOver = remainingMs === 0 && (this.#status === 'rate_limited' || this.#status === 'banned');
    if (this.#status === 'ok' || isOver) return { status: 'ok', resumesAt: null };
    return { status: this.#status, resumesAt: this.#options.clock.now() + remainingMs };
  }

  /** How long the block still lasts; 0 for none. */
  remainingMs(): number {
    return Math.max(0, this.#until - this.#options.clock.monotonic());
  }

  /**
   * What stands in the way of a request now, as something to wait for; `null`: nothing, call `enter` before anything else runs.
   *
   * @throws ScannerError with the block's code and `retryAfterMs` when waiting is not worth it
   */
  obstacle(): ((signal: AbortSignal) => Promise<void>) | null {
    if (this.#status === 'ok') return null;
    const remainingMs = this.remainingMs();
    if (remainingMs > 0) {
      if (this.#status === 'open' || remainingMs > this.#options.patienceMs) throw this.#refusal();
      return (signal) => sleep(this.#options.clock, remainingMs, signal);
    }
    const probe = this.#probe;
    return probe && ((signal) => unlessAborted(probe.ended, signal));
  }

  /** Admits a request; while a block is over but untested, as its probe. */
  enter(): Ticket {
    const isProbe = this.#status !== 'ok';
    if (isProbe) this.#probe = openEnded();
    return { generation: this.#generation, isProbe };
  }

  /** The exchange answered, be it with a refusal of this one request. */
  succeed(ticket: Ticket): void {
    this.#failuresInARow = 0;
    if (ticket.isProbe || this.#status === 'ok') this.#blocksInARow = 0;
    if (ticket.isProbe) this.#reopen();
  }

  /** The request was given up by its caller: nothing is known. */
  abandon(ticket: Ticket): void {
    if (ticket.isProbe) this.#endProbe();
  }

  /** The request failed with an error that is worth another try. Answers whether that error began a new block. */
  fail(ticket: Ticket, error: ScannerError): boolean {
    const isNews = ticket.generation === this.#generation;
    const status = STATUS_BY_CODE.get(error.code);
    if (status) this.#block(status, error.retryAfterMs, isNews);
    else if (isNews) this.#countFailure(ticket);
    if (ticket.isProbe) this.#endProbe();
    return status !== undefined && isNews;
  }

  /** Blocks for a known time, as remembered from an earlier run. */
  restoreBan(remainingMs: number): void {
    if (remainingMs > 0) this.#block('banned', remainingMs, true);
  }

  #countFailure(ticket: Ticket): void {
    this.#failuresInARow += 1;
    if (!ticket.isProbe) {
      if (this.#failuresInARow >= FAILURES_TO_OPEN) this.#block('open', null, true);
    } else if (this.#status === 'open' || this.#status === 'maintenance') {
      this.#block(this.#status, null, true);
    } else {
      this.#reopen();
    }
  }

  #block(status: BlockStatus, knownMs: number | null, isNews: boolean): void {
    if (!isNews && knownMs === null) return;
    const blockMs = Math.min(knownMs ?? this.#guessMs(status), LONGEST_BLOCK_MS);
    const until = this.#options.clock.monotonic() + blockMs;
    if (isNews) {
      this.#generation += 1;
      this.#blocksInARow += 1;
      this.#failuresInARow = 0;
    }
    if (this.#status !== 'ok' && until <= this.#until) return;
    this.#status = status;
    this.#until = until;
    this.#options.onChange();
  }

  #guessMs(status: BlockStatus): number {
    const first = GUESS_MS[status];
    return Math.max(first, Math.min(LONGEST_GUESS_MS, first * 2 ** this.#blocksInARow));
  }

  #reopen(): void {
    this.#endProbe();
    this.#status = 'ok';
    this.#options.onChange();
  }

  #endProbe(): void {
    this.#probe?.end();
    this.#probe = null;
  }

  #refusal(): ScannerError {
    const { exchangeId, clock } = this.#options;
    const description = describeState(this.state(), clock.now());
    if (!description) throw new Error('an exchange that is ok refuses nobody');
    const retryAfterMs = Math.ceil(this.remainingMs());
    return new ScannerError(description.code, `${exchangeId}: ${description.detail}`, { retryAfterMs });
  }
}

function openEnded(): { readonly ended: Promise<void>; readonly end: () => void } {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { ended, end };
}

function unlessAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    promise.then(resolve).finally(() => signal.removeEventListener('abort', leave));
  });
}
