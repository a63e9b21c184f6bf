import type { Candle } from '../candle.ts';
import { sessionEnd, typicalPrice } from '../vwap.ts';
import { StreamingCore } from './streaming-core.ts';

type Input = Omit<Candle, 'open'>;

interface Session {
  readonly end: number;
  readonly turnover: number;
  readonly traded: number;
}

const NO_SESSION: Session = { end: Number.NEGATIVE_INFINITY, turnover: 0, traded: 0 };

/** Streaming form of `computeVwap`; also `null` while a session has no volume yet. */
export class Vwap extends StreamingCore<Input, number> {
  readonly warmup = 1;
  #history = NO_SESSION;
  #newest = NO_SESSION;

  protected advance(): void {
    this.#history = this.#newest;
  }

  protected evaluate({ openTime, high, low, close, volume }: Input): number | null {
    const isContinued = openTime < this.#history.end;
    const session = isContinued ? this.#history : { ...NO_SESSION, end: sessionEnd(openTime) };
    const turnover = session.turnover + volume * typicalPrice(high, low, close);
    const traded = session.traded + volume;
    this.#newest = { end: session.end, turnover, traded };
    return traded === 0 ? null : turnover / traded;
  }
}
