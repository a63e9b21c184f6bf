import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import type { CliContext } from '@fast-scanner/server/cli/cli-context.ts';
import { renderRejectionCounts, renderRejections } from '@fast-scanner/server/cli/runs/rejection-report.ts';
import { reportRun } from '@fast-scanner/server/cli/runs/report-run.ts';
import { renderRuns } from '@fast-scanner/server/cli/runs/run-list-table.ts';
import { findAddress } from '@fast-scanner/server/cli/server/find-address.ts';
import type { RunRejections, RunResponse, RunSummary } from '@fast-scanner/shared';
import fc from 'fast-check';

const TIME = '2026-01-07T10:20:00.000Z';

const SUMMARY: RunSummary = {
  run_id: '1b4e28ba-2fa1-41d2-883f-0016d3cca427',
  status: 'completed',
  mode: 'recon',
  exchange: 'demo',
  data_source: { exchange: 'demo', kind: 'simulated' },
  progress: 20,
  total: 20,
  progress_pct: 100,
  signals: 3,
  rejected: 16,
  failed: 1,
  skipped: 0,
  created_at: TIME,
  started_at: TIME,
  completed_at: '2026-01-07T10:20:12.345Z',
  error: null,
  details_kept: true,
};

const REJECTIONS: RunRejections = {
  total_rejected: 3,
  by_reason: {
    low_confluence: 2,
    no_data: 0,
    missing_critical_tf: 0,
    risk_validation: 0,
    no_trade_plan: 0,
    errors: 1,
  },
  details: {
    errors: [{ symbol: 'C/USDT', reason: 'the thread died', code: 'worker_crashed' }],
    low_confluence: [
      { symbol: 'A/USDT', reason: 'scores 12.3', score: 12.34, threshold: 65 },
      { symbol: 'B/USDT', reason: 'scores 64.9', score: 64.9, threshold: 65 },
    ],
  },
};

const plain = (_: string, text: string) => text;

/** Cells of the lines of a table that hold values. */
function rowsOf(table: string): readonly (readonly string[])[] {
  const rows = table.split('\n').filter((line) => line.startsWith('│'));
  return rows.slice(1).map((line) =>
    line
      .split('│')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('runs as text', () => {
  it('shows a run of the list on one line', () => {
    assert.deepEqual(rowsOf(renderRuns([SUMMARY], plain)), [
      [
        '1b4e28ba',
        '2026-01-07 10:20 UTC',
        'recon',
        'demo',
        'completed',
        '20/20',
        '3',
        '16',
        '1',
        '12 s',
        'kept',
      ],
    ]);
  });

  it('shows no duration before the end, and the reason of a failure', () => {
    const running = { ...SUMMARY, status: 'running', completed_at: null } as const;
    const error = { code: 'exchange_timeout', detail: 'no answer' } as const;
    const failed = { ...SUMMARY, status: 'failed', error, details_kept: false } as const;
    const [first = [], second = []] = [running, failed].flatMap((run) => rowsOf(renderRuns([run], plain)));
    assert.deepEqual([first[4], first[9]], ['running', '–']);
    assert.deepEqual([second[4], second[10]], ['failed: exchange_timeout', 'swept']);
  });

  it('shows as much of the ids as tells them apart', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c').chain(similarId), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(ids, (runIds) => {
        const rows = rowsOf(
          renderRuns(
            runIds.map((run_id) => ({ ...SUMMARY, run_id })),
            plain,
          ),
        );
        const shown = rows.map(([id = '']) => id);
        assert.equal(new Set(shown).size, runIds.length);
        assert.ok(shown.every((id, index) => id.length >= 8 && runIds[index]?.startsWith(id)));
      }),
      { numRuns: 30 },
    );
  });

  it('counts the reasons that occurred', () => {
    const text = renderRejectionCounts(REJECTIONS);
    assert.match(text, /^\nNo signal from 3:\n +2 {2}low_confluence .*\n +1 {2}errors .*no verdict.*\n$/);
  });

  it('explains the symbols that came nearest first, with the code of a failure', () => {
    assert.deepEqual(rowsOf(renderRejections(REJECTIONS, plain)), [
      ['B/USDT', '64.9', '65', 'low_confluence', 'scores 64.9'],
      ['A/USDT', '12.3', '65', 'low_confluence', 'scores 12.3'],
      ['C/USDT', '–', '–', 'errors', 'the thread died (worker_crashed)'],
    ]);
  });

  it('gives a failed run the exit code of a failure and says why', () => {
    const stderr = new PassThrough({ encoding: 'utf8' });
    const context: CliContext = {
      env: {},
      folder: '.',
      stdout: new PassThrough(),
      stderr,
      signal: new AbortController().signal,
    };
    assert.equal(reportRun(failedRun(), {}, context), 1);
    assert.equal(stderr.read(), 'The run failed: no answer (exchange_timeout)\n');
  });
});

describe('the address of the server on this machine', () => {
  const cases: readonly (readonly [string, number, string | null])[] = [
    ['127.0.0.1', 5000, 'http://127.0.0.1:5000'],
    ['0.0.0.0', 80, 'http://127.0.0.1:80'],
    ['::', 5000, 'http://[::1]:5000'],
    ['::1', 5000, 'http://[::1]:5000'],
    ['scanner.example', 5000, 'http://scanner.example:5000'],
    ['127.0.0.1', 0, null],
  ];
  for (const [host, port, url] of cases) {
    it(`is ${url ?? 'unknown'} when it listens at ${host}, port ${port}`, () => {
      assert.equal(findAddress({ host, port }), url);
    });
  }
});

function similarId(digit: string) {
  return fc.nat(7).map((index) => `1b4e28ba-2fa1-41d2-883f-0016d3cca4${digit}${index}`);
}

function failedRun(): RunResponse {
  const { run_id, mode, exchange, created_at } = SUMMARY;
  return {
    success: true,
    run_id,
    status: 'failed',
    mode,
    exchange,
    progress: 0,
    total: 10,
    progress_pct: 0,
    current_symbol: null,
    eta_seconds: null,
    created_at,
    started_at: null,
    completed_at: created_at,
    error: { code: 'exchange_timeout', detail: 'no answer' },
  };
}
