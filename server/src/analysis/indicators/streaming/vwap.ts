import type { Candle } from '../candle.ts';
import { sessionEnd, typicalPrice } from '../vwap.ts';
import { StreamingCore } from './streaming-core.ts';

type Input = Omit<Candle, 'open'>;

/** Streaming form of `computeVwap`; also `null` while a session has no volume yet. */
export class Vwap extends StreamingCore<Input, number> {
  readonly warmup = 1;
  /** The session up to the candle before the newest, and with it. */
  readonly #history = new Session();
  readonly #newest = new Session();

  protected advance(): void {
    this.#history.become(this.#newest);
  }

  protected evaluate({ openTime, high, low, close, volume }: Input): number | null {
    const session = this.#newest;
    session.become(this.#history);
    if (openTime >= session.end) session.begin(openTime);
    session.turnover += volume * typicalPrice(high, low, close);
    session.traded += volume;
    return session.traded === 0 ? null : session.turnover / session.traded;
  }
}

class Session {
  end = Number.NEGATIVE_INFINITY;
  turnover = 0;
  traded = 0;

  become(other: Session): void {
    this.end = other.end;
    this.turnover = other.turnover;
    this.traded = other.traded;
  }

  begin(openTime: number): void {
    this.end = sessionEnd(openTime);
    this.turnover = 0;
    this.traded = 0;
  }
}
