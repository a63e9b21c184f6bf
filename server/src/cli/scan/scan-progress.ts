import { SingleBar } from 'cli-progress';
import type { ScanProgress } from '../../scanners/fast-scanner/scan-run.ts';
import type { OutputStream } from '../cli-context.ts';

/** Shows how far a scan is. */
export interface ScanProgressView {
  update(progress: ScanProgress): void;
  /** Something the user should know while it goes on. */
  note(text: string): void;
  stop(): void;
}

const PHASE_TITLES: Readonly<Record<ScanProgress['phase'], string>> = {
  quick_scan: 'Phase 1, quick scan   ',
  deep_analysis: 'Phase 2, deep analysis',
};
/** Without a terminal a line is printed when another such part of a phase is done. */
const LINE_STEP = 0.1;

/** A bar for each phase on a terminal, else a plain line now and then. */
export function createScanProgress(stream: OutputStream): ScanProgressView {
  return stream.isTTY ? new ProgressBars(stream) : new ProgressLines(stream);
}

class ProgressBars implements ScanProgressView {
  readonly #stream: OutputStream;
  #phase: ScanProgress['phase'] | null = null;
  #bar: SingleBar | null = null;
  #note = '';

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  update({ phase, done, total, symbol, etaSeconds }: ScanProgress): void {
    if (this.#phase !== phase) this.#begin(phase, total);
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

  #begin(phase: ScanProgress['phase'], total: number): void {
    this.stop();
    this.#phase = phase;
    this.#bar = new SingleBar({
      stream: this.#stream,
      format: `${PHASE_TITLES[phase]} [{bar}] {value}/{total} · ETA {left} · {symbol} {note}`,
      barsize: 30,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      gracefulExit: false, // the scan is told of Ctrl-C and stops the bar itself
    });
    this.#bar.start(total, 0, { symbol: '', left: formatEta(null), note: this.#note });
  }
}

class ProgressLines implements ScanProgressView {
  readonly #stream: OutputStream;
  #phase: ScanProgress['phase'] | null = null;
  #nextLineAt = 0;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  update({ phase, done, total, etaSeconds }: ScanProgress): void {
    if (this.#phase !== phase) this.#nextLineAt = 0;
    this.#phase = phase;
    if (done < this.#nextLineAt && done < total) return;
    this.#nextLineAt = done + total * LINE_STEP;
    this.#stream.write(`${PHASE_TITLES[phase]} ${done}/${total} · ETA ${formatEta(etaSeconds)}\n`);
  }

  note(text: string): void {
    this.#stream.write(`${text}\n`);
  }

  stop(): void {
    // a line is complete as it is
  }
}

function formatEta(seconds: number | null): string {
  if (seconds === null) return '–';
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
