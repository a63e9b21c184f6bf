import { SingleBar } from 'cli-progress';
import type { OutputStream } from './cli-context.ts';
import { formatEta } from './format-cells.ts';

/** How far some work is. */
export interface Progress {
  /** What is done; another title begins another bar. */
  readonly title: string;
  readonly done: number;
  readonly total: number;
  /** What was finished last. */
  readonly symbol: string;
  /** `null` when nobody can say yet. */
  readonly etaSeconds: number | null;
}

/** Shows how far some work is. */
export interface ProgressView {
  update(progress: Progress): void;
  /** Something the user should know while it goes on. */
  note(text: string): void;
  /** Something that is to stay on the screen. */
  line(text: string): void;
  stop(): void;
}

/** Without a terminal a line is printed when another such part is done. */
const LINE_STEP = 0.1;

/** Takes the bar off its line, on a terminal. */
const CLEAR_LINE = '\r\x1B[2K';

/** A bar for each title on a terminal, else a plain line now and then. */
export function createProgressView(stream: OutputStream): ProgressView {
  return stream.isTTY ? new ProgressBars(stream) : new ProgressLines(stream);
}

class ProgressBars implements ProgressView {
  readonly #stream: OutputStream;
  #title: string | null = null;
  #bar: SingleBar | null = null;
  #note = '';

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  update({ title, done, total, symbol, etaSeconds }: Progress): void {
    if (this.#title !== title) this.#begin(title, total);
    this.#bar?.update(done, { symbol, left: formatEta(etaSeconds), note: this.#note });
  }

  note(text: string): void {
    this.#note = text;
    this.#bar?.update({ note: text });
  }

  line(text: string): void {
    this.#stream.write(`${this.#bar === null ? '' : CLEAR_LINE}${text}\n`);
    this.#bar?.render();
  }

  stop(): void {
    this.#bar?.stop();
    this.#bar = null;
  }

  #begin(title: string, total: number): void {
    this.stop();
    this.#title = title;
    this.#bar = new SingleBar({
      stream: this.#stream,
      format: `${title} [{bar}] {value}/{total} · ETA {left} · {symbol} {note}`,
      barsize: 30,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      forceRedraw: true, // a line that stays has taken its place
      gracefulExit: false, // the command is told of Ctrl-C and stops the bar itself
    });
    this.#bar.start(total, 0, { symbol: '', left: formatEta(null), note: this.#note });
  }
}

class ProgressLines implements ProgressView {
  readonly #stream: OutputStream;
  #title: string | null = null;
  #nextLineAt = 0;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  update({ title, done, total, etaSeconds }: Progress): void {
    if (this.#title !== title) this.#nextLineAt = 0;
    this.#title = title;
    if (done < this.#nextLineAt && done < total) return;
    this.#nextLineAt = done + total * LINE_STEP;
    this.#stream.write(`${title} ${done}/${total} · ETA ${formatEta(etaSeconds)}\n`);
  }

  note(text: string): void {
    this.#stream.write(`${text}\n`);
  }

  line(text: string): void {
    this.note(text);
  }

  stop(): void {
    // a line is complete as it is
  }
}
