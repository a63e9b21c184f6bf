import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CandleRow } from '@fast-scanner/shared';
import { z } from 'zod';

const cachedSchema = z.object({
  version: z.literal(1),
  symbol: z.string(),
  from: z.number(),
  fetchedAt: z.number(),
  rows: z.array(z.tuple([z.number(), maybe(), maybe(), maybe(), maybe(), maybe()])),
});

/** Everything one answer said of a stock. Two answers are never mixed: a dividend in between rescales the whole past. */
export interface CachedStock {
  readonly symbol: string;
  /** The first moment asked for, epoch ms UTC. */
  readonly from: number;
  /** When Yahoo was asked, epoch ms UTC. */
  readonly fetchedAt: number;
  readonly rows: readonly CandleRow[];
}

/** Daily candles on disk, one file a stock. A file that cannot be read, for whatever reason, is as good as none. */
export class StockCache {
  readonly #folder: string;
  #prepared: Promise<void> | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** `null` when there is nothing usable. */
  async read(symbol: string): Promise<CachedStock | null> {
    try {
      const parsed = cachedSchema.parse(JSON.parse(await readFile(this.#pathOf(symbol), 'utf8')));
      if (parsed.symbol !== symbol) return null;
      const rows = parsed.rows.map(
        (row): CandleRow => [row[0], nan(row[1]), nan(row[2]), nan(row[3]), nan(row[4]), nan(row[5])],
      );
      return { symbol, from: parsed.from, fetchedAt: parsed.fetchedAt, rows };
    } catch {
      return null;
    }
  }

  /** Replaces what is known of a stock, all or nothing. A full disk costs the next scan a request, not this one its answer. */
  async write(stock: CachedStock): Promise<void> {
    const path = this.#pathOf(stock.symbol);
    const temporary = `${path}.${randomUUID()}.tmp`;
    try {
      this.#prepared ??= prepareFolder(this.#folder);
      await this.#prepared;
      await writeSynced(temporary, JSON.stringify({ version: 1, ...stock })); // NaN is written as null
      await rename(temporary, path);
    } catch {
      this.#prepared = null;
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  /** Symbols are letters, digits, dots and dashes; with something before it no ticker is a name that Windows keeps for itself (`CON`). */
  #pathOf(symbol: string): string {
    if (!/^[A-Z0-9.-]+$/.test(symbol)) throw new Error(`${symbol} is no ticker`);
    return join(this.#folder, `stock-${symbol}.json`);
  }
}

/** Makes the folder and removes what a killed process left half written. */
async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const leftovers = (await readdir(folder)).filter((name) => name.endsWith('.tmp'));
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { force: true })));
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

function maybe() {
  return z.number().nullable();
}

function nan(value: number | null): number {
  return value ?? Number.NaN;
}
