import assert from 'node:assert/strict';
import { createJobRecord } from '@fast-scanner/server/jobs/create-job-record.ts';
import { judgeSymbol } from '@fast-scanner/server/scanners/scan-runs/judge-symbol.ts';
import {
  INITIAL_STATE,
  RUN_JOB,
  type RunInput,
  toRunJob,
} from '@fast-scanner/server/scanners/scan-runs/run-record.ts';
import { toRunSignalRecord } from '@fast-scanner/server/scanners/scan-runs/run-signal-record.ts';
import { deepOf } from './deep-analyses.ts';

const HOUR = 3_600_000;

const INPUT: RunInput = {
  mode: 'recon',
  exchange: 'demo',
  dataSource: { exchange: 'demo', kind: 'simulated' },
  limit: 1,
  minScore: 65,
  leverage: 1,
  categories: ['majors'],
  symbols: null,
  priority: 'background',
  fingerprint: null,
};

const JOB = toRunJob(
  createJobRecord({ kind: RUN_JOB, exchange: 'demo', input: INPUT, state: INITIAL_STATE, createdAt: 0 }),
);

describe('a kept signal of a run', () => {
  const deep = deepOf();
  const close = Date.parse(deep.candleCloseTime);

  /** When the trade begins of what was said so long after the candle's close. */
  function entryAfter(ms: number): number {
    const judged = { symbol: 'BTC/USDT', deep, price: 100, asOf: close + ms, tickSize: null };
    const outcome = judgeSymbol(judged, INPUT);
    assert.equal(outcome.status, 'signal');
    const record = outcome.status === 'signal' ? toRunSignalRecord(JOB, outcome, 0) : null;
    assert.equal(record?.candleCloseTime, close);
    return record.dueAt - record.horizonCandles * HOUR;
  }

  it('is a trade from the close of its candle when it was said at once', () => {
    for (const ms of [0, 5_000, 60_000]) assert.equal(entryAfter(ms), close);
  });

  it('is a trade from the next candle when the run looked at prices and candles of the one under way', () => {
    for (const ms of [60_001, HOUR / 2, HOUR - 1]) assert.equal(entryAfter(ms), close + HOUR);
  });
});
