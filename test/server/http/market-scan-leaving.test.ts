import assert from 'node:assert/strict';
import { MAX_SSE_STREAMS } from '@fast-scanner/server/http/events/sse-streams.ts';
import { cancelMarketJobResponseSchema, marketJobsResponseSchema } from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from './expect-problem.ts';
import { MARKET_SCAN, MarketScanClient, QUICK_SCAN, QUICK_SWEEP } from './market-scan-client.ts';
import { sendJson } from './raw-request.ts';
import { SseReader } from './sse-reader.ts';
import { TestWindows } from './test-windows.ts';

describe('market scans on an exchange that does not answer', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;
  let client: MarketScanClient;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path, config: { demoLatencyMs: 60_000 } });
    client = new MarketScanClient(windows);
  });
  after(() => windows.close());
  afterEach(async () => {
    for (const jobId of await running()) await cancel(jobId);
  });

  const running = async () => {
    const { jobs } = await client.get(`${MARKET_SCAN}/jobs?status=running`, marketJobsResponseSchema);
    return jobs.map(({ job_id }) => job_id);
  };
  const onlyRunning = () =>
    eventually(async () => {
      const [jobId = '', ...others] = await running();
      assert.ok(jobId !== '' && others.length === 0);
      return jobId;
    });
  const cancel = async (jobId: string) => {
    const { status, text } = await client.ask(`${MARKET_SCAN}/${jobId}`, 'DELETE');
    assert.equal(status, 200, text);
    const answer = cancelMarketJobResponseSchema.parse(JSON.parse(text));
    assert.deepEqual([answer.job_id, answer.status], [jobId, 'cancelled']);
    return answer.message;
  };
  const leaveAfter = (path: string, settle: (jobId: string) => Promise<void>) => {
    const leaving = new AbortController();
    const call = fetch(`${windows.url}${MARKET_SCAN}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(QUICK_SCAN),
      signal: leaving.signal,
    }).then((response) => response.text());
    return onlyRunning().then(async (jobId) => {
      leaving.abort();
      await assert.rejects(call, { name: 'AbortError' });
      await settle(jobId);
      return jobId;
    });
  };

  it('are cancelled, once, and have no results', async () => {
    for (const [body, kind, results] of [
      [QUICK_SCAN, 'start', 'results'],
      [QUICK_SWEEP, 'sweep', 'sweep'],
    ] as const) {
      const jobId = await client.start(body, kind);
      const { detail } = expectProblem(await client.ask(`${MARKET_SCAN}/${results}/${jobId}`), 'conflict');
      assert.match(detail, /wait for its end/);
      assert.equal(await cancel(jobId), 'Job cancelled');
      assert.equal(await cancel(jobId), 'Job already cancelled');
      expectProblem(await client.ask(`${MARKET_SCAN}/${results}/${jobId}`), 'conflict');
    }
  });

  it('are cancelled when the client leaves that waits for the result', async () => {
    await leaveAfter('', async (jobId) => {
      assert.equal((await client.ended(jobId)).status, 'cancelled');
    });
  });

  it('go on when the client leaves that reads their events, and can be read again', async () => {
    await leaveAfter('/stream', async (jobId) => {
      await eventually(async () => assert.equal(await client.metric('fast_scanner_sse_streams'), 0));
      assert.equal((await client.status(jobId)).status, 'running');
      const path = `${MARKET_SCAN}/stream/${jobId}`;
      const reader = (await SseReader.open({ port: windows.port, path })).read();
      await cancel(jobId);
      await eventually(() => assert.ok(reader.ended));
      assert.deepEqual(
        reader.events.map(({ data }) => data.type),
        ['start', 'cancelled'],
      );
    });
  });

  it('tell those who wait that another client has cancelled', async () => {
    const waiting = sendJson(windows.port, MARKET_SCAN, QUICK_SCAN);
    assert.equal(await cancel(await onlyRunning()), 'Job cancelled');
    expectProblem(await waiting, 'cancelled');
  });

  it('are not started by a stream for which there is no place', async () => {
    const jobId = await client.start();
    const path = `${MARKET_SCAN}/stream/${jobId}`;
    const readers = await Promise.all(
      Array.from({ length: MAX_SSE_STREAMS }, () => SseReader.open({ port: windows.port, path })),
    );
    const answer = await sendJson(windows.port, `${MARKET_SCAN}/stream`, QUICK_SCAN);
    expectProblem(answer, 'too_many_requests');
    assert.equal(await onlyRunning(), jobId);
    for (const reader of readers) reader.close();
    await eventually(async () => assert.equal(await client.metric('fast_scanner_sse_streams'), 0));
  });

  it('are shown by their gauges, and refused with Retry-After once too many wait', async () => {
    const jobIds: string[] = [];
    for (let count = 0; count < 23; count += 1) jobIds.push(await client.start());
    assert.equal(await client.metric('fast_scanner_market_scans{status="running"}'), 3);
    assert.equal(await client.metric('fast_scanner_market_scans{status="queued"}'), 20);
    for (const path of ['', '/start', '/stream']) {
      const answer = await sendJson(windows.port, `${MARKET_SCAN}${path}`, QUICK_SCAN);
      expectProblem(answer, 'too_many_jobs');
      assert.ok(Number(answer.headers['retry-after']) > 0);
    }
    for (const jobId of jobIds.reverse()) await cancel(jobId);
    assert.equal(await client.metric('fast_scanner_market_scans{status="queued"}'), 0);
  });
});
