import { type Clock, RUN_MODES, type RunRequest } from '@fast-scanner/shared';
import { createJobRecord } from '../../jobs/create-job-record.ts';
import { fingerprintOf } from '../../jobs/fingerprint.ts';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import type { JobOrder } from '../common/job-house.ts';
import { INITIAL_STATE, RUN_JOB, type RunInput, type RunJob } from './run-record.ts';
import type { SymbolCategory } from './symbol-categories.ts';

export interface RunJobOptions {
  readonly feeds: MarketFeeds;
  readonly clock: Clock;
}

/** The job a request asks for. @throws ScannerError `exchange_unknown`, the exchange's code when it cannot be opened */
export async function createRunJob(
  request: RunRequest,
  { idempotencyKey: key, priority }: JobOrder,
  { feeds, clock }: RunJobOptions,
): Promise<RunJob> {
  const { sniper_mode: mode, limit, leverage, min_score, symbols } = request;
  const { dataSource } = await feeds.get(request.exchange ?? feeds.defaultExchange);
  const input: RunInput = {
    mode,
    exchange: dataSource.exchange,
    dataSource,
    limit,
    minScore: Math.max(RUN_MODES[mode].minScore, min_score),
    leverage,
    categories: categoriesOf(request),
    symbols: symbols ? [...new Set(symbols)] : null,
    priority,
    fingerprint: key === undefined ? null : fingerprintOfRun(request),
  };
  const { exchange } = input;
  const own = {
    kind: RUN_JOB,
    exchange,
    input,
    state: INITIAL_STATE,
    createdAt: clock.now(),
    idempotencyKey: key ?? null,
  };
  return createJobRecord(own);
}

function categoriesOf({ majors, altcoins, meme_mode }: RunRequest): SymbolCategory[] {
  const switches: readonly (readonly [SymbolCategory, boolean])[] = [
    ['majors', majors],
    ['altcoins', altcoins],
    ['memes', meme_mode],
  ];
  return switches.flatMap(([category, isOn]) => (isOn ? [category] : []));
}

/** What makes two requests the same. */
export function fingerprintOfRun(request: RunRequest): string {
  const { limit, min_score, sniper_mode, exchange, leverage, symbols } = request;
  const asked = [limit, min_score, sniper_mode, exchange ?? null, leverage, symbols ?? null];
  return fingerprintOf([...asked, categoriesOf(request)]);
}
