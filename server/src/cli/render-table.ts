import type { JobStatus } from '@fast-scanner/shared';
import Table from 'cli-table3';
import type { Paint, Tone } from './palette.ts';

export interface Column<Row> {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly text: (row: Row) => string;
  readonly tone?: (row: Row) => Tone;
}

const DIRECTION_TONES: Readonly<Record<string, Tone>> = {
  BUY: 'good',
  LONG: 'good',
  bull: 'good',
  bullish: 'good',
  SELL: 'bad',
  SHORT: 'bad',
  bear: 'bad',
  bearish: 'bad',
  HOLD: 'quiet',
};

const STATUS_TONES: Readonly<Record<JobStatus, Tone>> = {
  queued: 'quiet',
  running: 'plain',
  completed: 'good',
  failed: 'bad',
  cancelled: 'quiet',
};

/** A table with a line for each row, in their order. */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  paint: Paint,
): string {
  const table = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align }) => align),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    table.push(columns.map(({ text, tone }) => paint(tone?.(row) ?? 'plain', text(row))));
  }
  return `${table.toString()}\n`;
}

/** The tone of a word that names a direction. */
export function toneOfDirection(word: string | undefined): Tone {
  return DIRECTION_TONES[word ?? ''] ?? 'plain';
}

export function toneOfStatus(status: JobStatus): Tone {
  return STATUS_TONES[status];
}

/** The tone of a profit or loss. */
export function toneOfAmount(amount: number): Tone {
  if (amount === 0) return 'plain';
  return amount > 0 ? 'good' : 'bad';
}
