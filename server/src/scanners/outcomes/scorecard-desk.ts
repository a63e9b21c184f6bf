import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Scorecard, ScorecardQuery } from '@fast-scanner/shared';
import { LRUCache } from 'lru-cache';
import { computeScorecard } from '../../analysis/outcomes/compute-scorecard.ts';
import { ScorecardRows } from '../../analysis/outcomes/scorecard-rows.ts';
import type { SignalArchive } from '../../store/signal-record.ts';
import { computeInTurns } from './compute-in-turns.ts';
import { toSignalFilter } from './signal-views.ts';

export interface ScorecardDeskOptions {
  readonly archive: Pick<SignalArchive, 'listScoredSignals' | 'signalsVersion'>;
  /** Taken off the net returns, percent of the entry. */
  readonly costPct: number;
}

/** Rows of one look at the store: some 3 ms. */
const PAGE = 500;
const MOST_KEPT = 50;

/**
 * Computes scorecards one after the other, and keeps those that are still true: nothing was written since. Who asks for one that waits for
 * its turn shares it.
 */
export class ScorecardDesk {
  readonly #options: ScorecardDeskOptions;
  readonly #known = new LRUCache<string, Scorecard>({ max: MOST_KEPT });
  readonly #waiting = new Map<string, Promise<Scorecard>>();
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(options: ScorecardDeskOptions) {
    this.#options = options;
  }

  /** @throws ScannerError `unavailable` */
  async scorecard(filters: ScorecardQuery): Promise<Scorecard> {
    const known = this.#known.get(await this.#keyOf(filters));
    if (known) return known;
    const name = JSON.stringify(filters);
    const waiting = this.#waiting.get(name) ?? this.#wait(name, filters);
    return waiting;
  }

  #wait(name: string, filters: ScorecardQuery): Promise<Scorecard> {
    const waiting = this.#lastTurn.then(() => {
      this.#waiting.delete(name);
      return this.#current(filters);
    });
    this.#waiting.set(name, waiting);
    this.#lastTurn = waiting.catch(() => undefined);
    return waiting;
  }

  async #current(filters: ScorecardQuery): Promise<Scorecard> {
    const key = await this.#keyOf(filters);
    const known = this.#known.get(key);
    if (known) return known;
    const { costPct } = this.#options;
    const computed = await computeInTurns(computeScorecard(await this.#rows(filters), { filters, costPct }));
    this.#known.set(key, computed);
    return computed;
  }

  async #keyOf(filters: ScorecardQuery): Promise<string> {
    return JSON.stringify([await this.#options.archive.signalsVersion(), filters]);
  }

  async #rows(filters: ScorecardQuery): Promise<ScorecardRows> {
    const { archive } = this.#options;
    const filter = toSignalFilter(filters);
    const rows = new ScorecardRows();
    for (let afterId = ''; ; ) {
      const page = await archive.listScoredSignals(filter, afterId, PAGE);
      for (const row of page) rows.add(row);
      const last = page.at(-1);
      if (!last || page.length < PAGE) return rows;
      afterId = last.id;
      await nextTurn();
    }
  }
}
