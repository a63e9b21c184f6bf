import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  cancelRunResponseSchema,
  type ErrorCode,
  modesResponseSchema,
  RUN_MODE_NAMES,
  runDiffResponseSchema,
  runResponseSchema,
  runSignalsResponseSchema,
  runSummarySchema,
  runsResponseSchema,
  startRunResponseSchema,
} from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from './expect-problem.ts';
import { type RawAnswer, rawRequest, sendJson } from './raw-request.ts';
import { TestClient } from './test-client.ts';
import { TestWindows } from './test-windows.ts';
import { WrittenRun } from './written-run.ts';

const RUNS = '/api/scanner/runs';
const SIGNALS = '/api/scanner/signals';
/** The mode with the fewest timeframes. */
const QUICK = { sniper_mode: 'surgical', symbols: ['BTC/USDT'] };

/** What both groups ask of the server that stands at the time. */
class RunClient extends TestClient {
  async start(body: object, query = ''): Promise<string> {
    const { run_id } = await this.post(`${RUNS}${query}`, body, startRunResponseSchema);
    return run_id;
  }

  /** The run once it has ended. */
  ended(runId: string) {
    return eventually(async () => {
      const run = await this.get(`${RUNS}/${runId}`, runResponseSchema);
      assert.ok(run.completed_at, `run ${runId} is ${run.status}`);
      return run;
    });
  }
}

describe('the routes of scan runs', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;
  let client: RunClient;
  let runId: string;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path });
    client = new RunClient(windows);
    runId = await client.start({ ...QUICK, symbols: ['BTC/USDT', 'ETH/USDT', 'BTC/USDT'] });
    await client.ended(runId);
  });
  after(() => windows.close());

  it('start a run without a body or a Content-Type: 202, and where it is', async () => {
    const { status, headers, text } = await client.ask(
      `${RUNS}?sniper_mode=surgical&symbols=ETH/USDT`,
      'POST',
    );
    assert.equal(status, 202, text);
    const started = startRunResponseSchema.parse(JSON.parse(text));
    assert.equal(headers.location, `${RUNS}/${started.run_id}`);
    const run = await client.get(headers.location, runResponseSchema);
    assert.deepEqual(
      [run.run_id, run.mode, run.created_at],
      [started.run_id, 'surgical', started.created_at],
    );
    assert.equal((await client.ended(started.run_id)).total, 1);
  });

  it('take fields from the query and from the body, of which the body wins', async () => {
    const query = '?limit=7&sniper_mode=strike&majors=no&symbols=BTC/USDT,ETH/USDT&min_score=99&leverage=3';
    const { total, mode, metadata } = await client.ended(await client.start(QUICK, query));
    assert.deepEqual([total, mode], [1, 'surgical']);
    assert.deepEqual([metadata?.effective_min_score, metadata?.leverage], [99, 3]);
  });

  it('name every wrong field where it was written', async () => {
    const cases: readonly (readonly [query: string, body: unknown, pointers: readonly string[]])[] = [
      ['?limit=0', {}, ['?limit']],
      ['?limit=abc', {}, ['?limit']],
      ['?limit=1.5', {}, ['?limit']],
      ['?limit=5', { limit: 0 }, ['/limit']],
      ['?limit=0', { limit: 101, leverage: 126 }, ['/limit', '/leverage']],
      ['?limit=0', { leverage: 126, wrong: 1 }, ['?limit', '/leverage', '/wrong']],
      ['?wrong=1', {}, ['?wrong']],
      ['?limit=1&limit=2', {}, ['?limit']],
      ['?majors=perhaps', {}, ['?majors']],
      ['?symbols=BTC/USDT,btc', {}, ['?symbols/1']],
      ['', { symbols: ['BTC/USDT', 'btc'] }, ['/symbols/1']],
      ['', { limit: '5' }, ['/limit']],
      ['', { sniper_mode: null }, ['/sniper_mode']],
      ['?majors=false', { altcoins: false }, ['?majors']],
      ['?altcoins=false', { majors: false }, ['/majors']],
      ['?limit=1', [], ['']],
      ['?limit=1', '{"__proto__":{"limit":2}}', ['/__proto__']],
    ];
    for (const [query, body, pointers] of cases) {
      const { errors } = expectProblem(
        await sendJson(windows.port, `${RUNS}${query}`, body),
        'invalid_input',
      );
      assert.deepEqual(
        errors?.map(({ pointer }) => pointer),
        pointers,
        `${query} ${JSON.stringify(body)}`,
      );
    }
  });

  it('name every wrong parameter and part of the path', async () => {
    const cases = {
      [`${RUNS}?status=done`]: '?status',
      [`${RUNS}?limit=101`]: '?limit',
      [`${RUNS}?cursor=nonsense`]: '?cursor',
      [`${RUNS}/run_1`]: '/runId',
      [`${RUNS}/${runId}/diff/run_1`]: '/otherRunId',
      [`${RUNS}/${runId}/events?after=-1`]: '?after',
      [`${RUNS}/${runId}?x=1`]: '?x',
      [`${SIGNALS}?limit=0`]: '?limit',
      [`${SIGNALS}?leverage=1.5`]: '?leverage',
      [`${SIGNALS}?majors=false&altcoins=0`]: '?majors',
      [`${SIGNALS}?limits=1`]: '?limits',
    };
    for (const [path, pointer] of Object.entries(cases)) {
      const { errors } = expectProblem(await client.ask(path), 'invalid_input');
      assert.deepEqual(
        errors?.map((error) => error.pointer),
        [pointer],
        path,
      );
    }
  });

  it('answer an ended run with all its symbols accounted for', async () => {
    const run = await client.get(`${RUNS}/${runId}`, runResponseSchema);
    assert.deepEqual([run.status, run.progress, run.total, run.progress_pct], ['completed', 2, 2, 100]);
    assert.equal((run.signals?.length ?? 0) + (run.rejections?.total_rejected ?? 0), 2);
    assert.deepEqual(run.metadata?.data_source, { exchange: 'demo', kind: 'simulated' });
    const { changes } = await client.get(`${RUNS}/${runId}/diff/${runId}`, runDiffResponseSchema);
    assert.deepEqual(changes, []);
  });

  it('answer the history in pages, newest first, by what is asked for', async () => {
    const [first, second] = [await client.start(QUICK), await client.start(QUICK)];
    await Promise.all([client.ended(first), client.ended(second)]);
    const newest = await client.get(`${RUNS}?limit=1`, runsResponseSchema);
    const next = await client.get(`${RUNS}?limit=1&cursor=${newest.next_cursor}`, runsResponseSchema);
    assert.deepEqual(
      [...newest.runs, ...next.runs].map(({ run_id }) => run_id),
      [second, first],
    );
    const found = await client.get(`${RUNS}?q=eth%2F&status=completed&mode=surgical`, runsResponseSchema);
    assert.ok(found.runs.some(({ run_id }) => run_id === runId));
    assert.ok(!found.runs.some(({ run_id }) => run_id === first));
  });

  it('answer the modes', async () => {
    const { modes, default_mode } = await client.get('/api/scanner/modes', modesResponseSchema);
    assert.deepEqual([modes.map(({ mode }) => mode), default_mode], [[...RUN_MODE_NAMES], 'recon']);
  });

  it('give the same run for the same Idempotency-Key, and refuse the key for another request', async () => {
    const send = (query: string, key: string) =>
      rawRequest({
        port: windows.port,
        path: `${RUNS}?sniper_mode=surgical&${query}`,
        method: 'POST',
        headers: { 'idempotency-key': key },
      });
    const [first, second] = [await send('limit=1', 'k1'), await send('limit=1', 'k1')];
    assert.deepEqual([first.status, second.status], [202, 202]);
    assert.equal(first.headers.location, second.headers.location);
    expectProblem(await send('limit=2', 'k1'), 'idempotency_mismatch');
    const { errors } = expectProblem(await send('limit=1', 'k'.repeat(129)), 'invalid_input');
    assert.equal(errors?.[0]?.pointer, 'Idempotency-Key');
  });

  it('find no run that is none, and no exchange that is not on the allow-list', async () => {
    const path = `${RUNS}/${randomUUID()}`;
    for (const suffix of ['', '/events', `/diff/${runId}`]) {
      expectProblem(await client.ask(`${path}${suffix}`), 'not_found');
    }
    expectProblem(await client.ask(path, 'DELETE'), 'not_found');
    expectProblem(await client.ask(`${RUNS}?exchange=mtgox`, 'POST'), 'exchange_unknown');
    expectProblem(await client.ask(`${SIGNALS}?exchange=mtgox`), 'exchange_unknown');
  });

  it('refuse other methods and say which there are', async () => {
    const cases = [
      ['PUT', RUNS, 'POST, GET, HEAD, OPTIONS'],
      ['POST', `${RUNS}/${runId}`, 'GET, DELETE, HEAD, OPTIONS'],
      ['DELETE', '/api/scanner/modes', 'GET, HEAD, OPTIONS'],
      ['POST', SIGNALS, 'GET, OPTIONS'],
    ] as const;
    for (const [method, path, allow] of cases) {
      const answer = await client.ask(path, method);
      expectProblem(answer, 'method_not_allowed');
      assert.equal(answer.headers.allow, allow);
    }
  });

  it('wait for the run in the old form, and say that it is old', async () => {
    const answer = await client.ask(`${SIGNALS}?sniper_mode=surgical&symbols=ETH/USDT`);
    assert.equal(answer.status, 200, answer.text);
    const { run_id, metadata } = runSignalsResponseSchema.parse(JSON.parse(answer.text));
    assert.deepEqual([metadata.mode, metadata.requested, metadata.skipped], ['surgical', 1, 0]);
    assert.equal((await client.get(`${RUNS}/${run_id}`, runResponseSchema)).status, 'completed');
    for (const { headers } of [answer, await client.ask(`${SIGNALS}?limit=0`)]) {
      const [, seconds = ''] = /^@(\d+)$/.exec(String(headers['deprecation'])) ?? [];
      assert.ok(Number(seconds) * 1000 > Date.UTC(2026, 0) && Number(seconds) * 1000 < Date.UTC(2030, 0));
      assert.equal(headers['link'], '</api/scanner/runs>; rel="successor-version"');
    }
  });

  it('do not start a run for a HEAD of the old form, whose answer nobody would read', async () => {
    const before = await client.get(`${RUNS}?limit=100`, runsResponseSchema);
    const { status, headers } = await client.ask(SIGNALS, 'HEAD');
    assert.deepEqual([status, headers.allow], [405, 'GET, OPTIONS']);
    assert.deepEqual(await client.get(`${RUNS}?limit=100`, runsResponseSchema), before);
  });

  it('count the runs that were accepted, by mode', async () => {
    const name = 'fast_scanner_runs_started_total{mode="strike"}';
    const before = await client.metric(name);
    await client.ended(await client.start({ ...QUICK, sniper_mode: 'strike' }));
    assert.equal(await client.metric(name), before + 1);
  });

  it('answer a swept run with its summary, which stays in the history', async () => {
    const swept = await WrittenRun.create(windows);
    await swept.appendErrors(2);
    await swept.end();
    await swept.sweep();
    for (const suffix of ['', '/events', `/diff/${runId}`, '/events?after=3']) {
      const { summary } = expectProblem(await client.ask(`${RUNS}/${swept.id}${suffix}`), 'gone');
      const { run_id, details_kept, rejected } = runSummarySchema.parse(summary);
      assert.deepEqual([run_id, details_kept, rejected], [swept.id, false, 1]);
    }
    const { runs } = await client.get(`${RUNS}?q=${swept.id}`, runsResponseSchema);
    assert.deepEqual(
      runs.map(({ details_kept }) => details_kept),
      [false],
    );
  });
});

describe('runs on an exchange that does not answer', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;
  let client: RunClient;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path, config: { demoLatencyMs: 60_000 } });
    client = new RunClient(windows);
  });
  after(() => windows.close());

  const cancel = async (runId: string) => {
    const { status, text } = await client.ask(`${RUNS}/${runId}`, 'DELETE');
    assert.equal(status, 200, text);
    const { message, ...answer } = cancelRunResponseSchema.parse(JSON.parse(text));
    assert.deepEqual([answer.run_id, answer.status], [runId, 'cancelled']);
    return message;
  };

  it('are cancelled, once; unfinished ones are not compared', async () => {
    const runId = await client.start(QUICK);
    expectProblem(await client.ask(`${RUNS}/${runId}/diff/${runId}`), 'conflict');
    assert.equal(await cancel(runId), 'Job cancelled');
    assert.equal(await cancel(runId), 'Job already cancelled');
    assert.equal((await client.ended(runId)).status, 'cancelled');
  });

  it('are cancelled in the old form when the client leaves, and told when another client cancels them', async () => {
    const running = async () => (await client.get(`${RUNS}?status=running`, runsResponseSchema)).runs;
    const leaving = new AbortController();
    const left = fetch(`${windows.url}${SIGNALS}`, { signal: leaving.signal }).catch((error) => error.name);
    const [first] = await eventually(async () => {
      const runs = await running();
      assert.equal(runs.length, 1);
      return runs;
    });
    leaving.abort();
    assert.equal(await left, 'AbortError');
    assert.equal((await client.ended(first?.run_id ?? '')).status, 'cancelled');

    const waiting = client.ask(SIGNALS);
    await eventually(async () =>
      assert.equal(await cancel((await running())[0]?.run_id ?? ''), 'Job cancelled'),
    );
    expectProblem(await waiting, 'cancelled');
  });

  it('are shown by their gauges, and refused with Retry-After once too many wait', async () => {
    for (let count = 0; count < 23; count += 1) await client.start(QUICK);
    assert.equal(await client.metric('fast_scanner_runs{status="running"}'), 3);
    assert.equal(await client.metric('fast_scanner_runs{status="queued"}'), 20);
    const refused: readonly (readonly [RawAnswer, ErrorCode])[] = [
      [await sendJson(windows.port, RUNS, QUICK), 'too_many_jobs'],
      [await client.ask(SIGNALS), 'too_many_jobs'],
    ];
    for (const [answer, code] of refused) {
      expectProblem(answer, code);
      assert.ok(Number(answer.headers['retry-after']) > 0);
    }
  });
});
