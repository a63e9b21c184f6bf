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
  stop(): void;
}

/** Without a terminal a line is printed when another such part is done. */
const LINE_STEP = 0.1;

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

  stop(): void {
    // a line is complete as it is
  }
}
