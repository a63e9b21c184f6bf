import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describeFailures } from '@fast-scanner/server/cli/replay/describe-failures.ts';
import { reportReplay } from '@fast-scanner/server/cli/replay/report-replay.ts';
import type { ReplayResult } from '@fast-scanner/server/scanners/replay/history-replayer.ts';
import type { SymbolStepFailure } from '@fast-scanner/server/scanners/replay/replay-run.ts';

const FAILURE: SymbolStepFailure = {
  symbol: 'AAA/USDT',
  code: 'insufficient_data',
  detail: 'too few candles',
  steps: 59,
  hasSignal: false,
};

const RESULT: ReplayResult = {
  status: 'completed',
  dataSource: { exchange: 'files', kind: 'recorded' },
  timeframe: '1h',
  stepMs: 3_600_000,
  from: Date.UTC(2024, 0, 1),
  to: Date.UTC(2024, 0, 8),
  endOfData: Date.UTC(2024, 8, 6),
  symbols: 3,
  steps: 504,
  signals: 0,
  settled: 0,
  failed: 59,
  paused: 0,
  unlisted: 445,
  failures: [FAILURE],
  removed: 12,
  retrainMs: null,
  models: [],
};

function report(result: ReplayResult, json = false) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const context = { env: {}, folder: '.', stdout, stderr, signal: new AbortController().signal };
  const exitCode = reportReplay({ result, scorecard: null }, { by: 'type', json }, context);
  return { exitCode, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}

describe('the report of a replay', () => {
  it('says that it failed when no symbol has a signal', () => {
    const { exitCode, out, err } = report(RESULT);
    assert.equal(exitCode, 1);
    assert.match(
      out,
      /3 symbols · 504 steps\n0 signals, 0 with an outcome · 445 steps before a symbol's first candle\n/,
    );
    assert.equal(err, 'The replay failed: no symbol has a signal.\n');
  });

  it('is a document that holds nothing of how it came about', () => {
    const { out } = report({ ...RESULT, signals: 1 }, true);
    assert.deepEqual(JSON.parse(out), {
      success: true,
      status: 'completed',
      exchange: 'files',
      data_source: { exchange: 'files', kind: 'recorded' },
      timeframe: '1h',
      step_seconds: 3600,
      from: '2024-01-01T00:00:00.000Z',
      to: '2024-01-08T00:00:00.000Z',
      retrain_days: null,
      symbols: 3,
      steps: 504,
      signals: 1,
      settled: 0,
      failed: 59,
      paused: 0,
      unlisted: 445,
      failures: [
        {
          symbol: 'AAA/USDT',
          reason: 'insufficient_data',
          detail: 'too few candles',
          steps: 59,
          has_signal: false,
        },
      ],
      models: [],
      scorecard: null,
    });
  });

  it('says what was predicted with, and for which time nothing was', () => {
    const models = [
      { from: Date.UTC(2024, 0, 1), modelId: null, reason: 'too few samples' },
      { from: Date.UTC(2024, 0, 4), modelId: 'files-1h-0123456789ab', reason: null },
    ];
    const { out } = report({ ...RESULT, retrainMs: 259_200_000, models });
    assert.match(
      out,
      /^Predicted with 1 model, each learned from .*; none for 1 period, as from 2024-01-01 00:00 UTC: too few samples$/m,
    );
    const { out: json } = report({ ...RESULT, retrainMs: 259_200_000, models }, true);
    assert.equal(JSON.parse(json).retrain_days, 3);
    assert.deepEqual(JSON.parse(json).models[1], {
      from: '2024-01-04T00:00:00.000Z',
      model_id: 'files-1h-0123456789ab',
      reason: null,
    });
  });

  it('names for each reason the symbols that lack most, and tells signals without a deep analysis apart', () => {
    const many = Array.from({ length: 7 }, (_, index) => ({
      ...FAILURE,
      symbol: `C${index}/USDT`,
      steps: index + 1,
    }));
    const shallow = { ...FAILURE, code: 'bad_data', detail: 'broken', hasSignal: true, steps: 1 } as const;
    assert.equal(
      describeFailures([...many, shallow]),
      [
        'Steps without a signal:',
        '  insufficient_data 28 steps: C6/USDT 7, C5/USDT 6, C4/USDT 5, C3/USDT 4, C2/USDT 3, 2 symbols more (too few candles)',
        'Signals without a deep analysis:',
        '  bad_data 1 step: AAA/USDT 1 (broken)',
        '',
      ].join('\n'),
    );
    assert.equal(describeFailures([]), '');
  });
});
