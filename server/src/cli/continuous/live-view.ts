import type { ContinuousSignal, ContinuousStatus, MarketState } from '@fast-scanner/shared';
import type { OutputStream } from '../cli-context.ts';
import type { Paint } from '../palette.ts';
import type { ContinuousView } from './continuous-view.ts';
import { type Picture, renderFrame } from './render-frame.ts';

export interface LiveViewOptions {
  readonly stdout: OutputStream;
  readonly paint: Paint;
  /** The server's time, epoch ms UTC. */
  readonly now: () => number;
  readonly status: ContinuousStatus;
  /** What Ctrl-C does. */
  readonly footer: string;
  /** Between two pictures. Default 500. */
  readonly intervalMs?: number;
}

const ESCAPE = '\x1B[';
const HIDE_CURSOR = `${ESCAPE}?25l`;
const SHOW_CURSOR = `${ESCAPE}?25h`;
const CLEAR_SCREEN = `${ESCAPE}2J${ESCAPE}H`;
const CLEAR_BELOW = `${ESCAPE}J`;
const CLEAR_LINE_END = `${ESCAPE}K`;
/** Of a terminal that does not tell its size. */
const USUAL_SIZE = { columns: 80, rows: 24 } as const;
/** More than any terminal shows. */
const MOST_SIGNALS = 200;

/** A picture of the scanner that is drawn over the one before; the last one stays on the screen. */
export class LiveView implements ContinuousView {
  readonly #options: LiveViewOptions;
  readonly #first: NodeJS.Immediate;
  readonly #timer: NodeJS.Timeout;
  #picture: Picture;
  #drawn: readonly string[] = [];
  #size = '';

  constructor(options: LiveViewOptions) {
    this.#options = options;
    const { status, footer, stdout, intervalMs = 500 } = options;
    this.#picture = { signals: [], marketState: null, status, note: null, footer };
    stdout.write(HIDE_CURSOR);
    this.#first = setImmediate(() => this.#draw()); // with what is known by then
    this.#timer = setInterval(() => this.#draw(), intervalMs);
  }

  signal(signal: ContinuousSignal): void {
    const signals = [signal, ...this.#picture.signals].slice(0, MOST_SIGNALS);
    this.#picture = { ...this.#picture, signals };
  }

  marketState(marketState: MarketState): void {
    this.#picture = { ...this.#picture, marketState };
  }

  streamChange(): void {
    // the status says how the streams are
  }

  status(status: ContinuousStatus): void {
    this.#picture = { ...this.#picture, status };
  }

  note(note: string | null): void {
    this.#picture = { ...this.#picture, note };
  }

  stop(): void {
    clearImmediate(this.#first);
    clearInterval(this.#timer);
    this.#draw();
    this.#options.stdout.write(SHOW_CURSOR);
  }

  #draw(): void {
    const { stdout, paint, now } = this.#options;
    const { columns = USUAL_SIZE.columns, rows = USUAL_SIZE.rows } = stdout;
    // The last line stays free: a line break on it would scroll.
    const lines = renderFrame(this.#picture, { now: now(), columns, rows: rows - 1, paint });
    const size = `${columns} ${rows}`;
    const isSame = size === this.#size && lines.join('\n') === this.#drawn.join('\n');
    if (isSame) return;
    const start = size === this.#size ? `${ESCAPE}${this.#drawn.length}A` : this.#makeRoom();
    const text = lines.map((line) => `${line}${CLEAR_LINE_END}\n`).join('');
    stdout.write(`${start}\r${text}${CLEAR_BELOW}`);
    this.#drawn = lines;
    this.#size = size;
  }

  /** Another size has moved what is on the screen. */
  #makeRoom(): string {
    return this.#size === '' ? '' : CLEAR_SCREEN;
  }
}
