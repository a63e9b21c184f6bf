import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  marketJobSchema,
  marketJobsResponseSchema,
  marketScanResultResponseSchema,
  startMarketScanResponseSchema,
  stockResultSchema,
  strategiesResponseSchema,
  sweepResultResponseSchema,
} from '@fast-scanner/shared';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from './expect-problem.ts';
import { MARKET_SCAN, MarketScanClient, QUICK_SCAN, QUICK_SWEEP } from './market-scan-client.ts';
import { rawRequest, sendJson } from './raw-request.ts';
import { TestWindows } from './test-windows.ts';
import { WrittenMarketScan } from './written-market-scan.ts';

const UNKNOWN = randomUUID();

describe('the routes of market scans', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;
  let client: MarketScanClient;
  let scanId: string;
  let sweepId: string;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path });
    client = new MarketScanClient(windows);
    scanId = await client.start({ ...QUICK_SCAN, tickers: ['AAPL', 'NONE', 'MSFT', 'AAPL'] });
    sweepId = await client.start(QUICK_SWEEP, 'sweep');
    await Promise.all([client.ended(scanId), client.ended(sweepId)]);
  });
  after(() => windows.close());

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    rawRequest({
      port: windows.port,
      path: `${MARKET_SCAN}${path}`,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const resultOf = (jobId: string) =>
    client.get(`${MARKET_SCAN}/results/${jobId}`, marketScanResultResponseSchema);

  it('start a scan: 202, and where it is', async () => {
    const { status, headers, text } = await post('/start', QUICK_SCAN);
    const { job_id, created_at } = startMarketScanResponseSchema.parse(JSON.parse(text));
    assert.deepEqual([status, headers.location], [202, `${MARKET_SCAN}/status/${job_id}`]);
    const job = await client.ended(job_id);
    assert.deepEqual([job.kind, job.status, job.created_at], ['scan', 'completed', created_at]);
  });

  it('answer the status of a job with all its stocks accounted for', async () => {
    const { success, ...job } = await client.status(scanId);
    assert.ok(success);
    const { status, current, total, successful, failed, progress_pct } = marketJobSchema.parse(job);
    assert.deepEqual(
      [status, current, total, successful, failed, progress_pct],
      ['completed', 3, 3, 2, 1, 100],
    );
  });

  it('answer the result of a scan as JSON', async () => {
    const result = await resultOf(scanId);
    assert.equal(result.job_id, scanId);
    assert.deepEqual(result.stock_results.map(({ ticker }) => ticker).sort(), ['AAPL', 'MSFT']);
    assert.deepEqual(
      result.failures.map(({ ticker, code }) => [ticker, code]),
      [['NONE', 'symbol_unknown']],
    );
    assert.deepEqual(result.data_source, { exchange: 'demo', kind: 'simulated' });
  });

  it('answer its stocks as CSV, a file with the columns and the order of the JSON', async () => {
    const { stock_results } = await resultOf(scanId);
    const { status, headers, text } = await client.ask(`${MARKET_SCAN}/results/${scanId}?format=csv`);
    assert.equal(status, 200, text);
    assert.equal(headers['content-type'], 'text/csv; charset=utf-8');
    assert.equal(headers['content-disposition'], `attachment; filename=market-scan-${scanId}.csv`);
    const columns = Object.keys(stockResultSchema.shape);
    const [header = '', ...lines] = text.split('\r\n');
    assert.equal(header, columns.join(','));
    assert.equal(lines.pop(), '', 'the last line ends too');
    const rows = lines.map((line) =>
      Object.fromEntries(line.split(',').map((cell, i) => [columns[i], cell])),
    );
    const written = stock_results.map((stock) =>
      Object.fromEntries(Object.entries(stock).map(([name, value]) => [name, String(value ?? '')])),
    );
    assert.deepEqual(rows, written);
  });

  it('let no text of a CSV be a formula, and every number be a number', async () => {
    const { success, job_id, ...result } = await resultOf(scanId);
    const [first] = result.stock_results;
    assert.ok(success && job_id === scanId && first);
    const hostile = { ...first, sector: '=HYPERLINK("http://x")', pnl: -12.5, win_rate: null };
    const scan = await WrittenMarketScan.create(windows);
    await scan.complete({ ...result, stock_results: [hostile] });
    const { text } = await client.ask(`${MARKET_SCAN}/results/${scan.id}?format=csv`);
    const start = `${first.ticker},"'=HYPERLINK(""http://x"")",-12.5,${first.return_pct},`;
    assert.equal(text.split('\r\n')[1]?.slice(0, start.length), start);
    assert.match(text, /,\d+,\d+,\d+,,/, 'what has no value is empty');
  });

  it('answer the report of a scan as a page that may run nothing and load nothing', async () => {
    const { status, headers, text } = await client.ask(`${MARKET_SCAN}/results/${scanId}/report`);
    assert.equal(status, 200, text);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /^default-src 'none'; style-src 'unsafe-inline'; /);
    assert.doesNotMatch(policy, /script-src|img-src|connect-src/);
    assert.match(text, /^<!doctype html>/);
    for (const word of [scanId, 'AAPL', 'MSFT', 'NONE', 'simulated']) assert.ok(text.includes(word), word);
    expectProblem(await client.ask(`${MARKET_SCAN}/results/${sweepId}/report`), 'conflict');
  });

  it('wait for the result in one request', async () => {
    const { status, text } = await sendJson(windows.port, MARKET_SCAN, QUICK_SCAN);
    assert.equal(status, 200, text);
    const result = marketScanResultResponseSchema.parse(JSON.parse(text));
    assert.deepEqual(result, await resultOf(result.job_id));
  });

  it('answer what a sweep came to, and tell scans from sweeps', async () => {
    const path = `${MARKET_SCAN}/sweep/${sweepId}`;
    const { job_id, variants } = await client.get(path, sweepResultResponseSchema);
    assert.deepEqual([job_id, variants.length], [sweepId, 2]);
    assert.equal((await client.status(sweepId)).kind, 'sweep');
    expectProblem(await client.ask(`${MARKET_SCAN}/sweep/${scanId}`), 'conflict');
    expectProblem(await client.ask(`${MARKET_SCAN}/results/${sweepId}`), 'conflict');
    expectProblem(await client.ask(`${MARKET_SCAN}/results/${sweepId}?format=csv`), 'conflict');
  });

  it('answer the jobs in pages, newest first', async () => {
    const newest = await client.start();
    await client.ended(newest);
    const page = (query: string) => client.get(`${MARKET_SCAN}/jobs?${query}`, marketJobsResponseSchema);
    const all = await page('limit=100&status=completed');
    assert.equal(all.jobs[0]?.job_id, newest);
    const first = await page('limit=1&status=completed');
    const second = await page(`limit=1&status=completed&cursor=${first.next_cursor}`);
    assert.deepEqual([...first.jobs, ...second.jobs], all.jobs.slice(0, 2));
    assert.deepEqual((await page('status=failed')).jobs, []);
  });

  it('answer the strategies with the parameters they take', async () => {
    const { strategies } = await client.get(`${MARKET_SCAN}/strategies`, strategiesResponseSchema);
    const { parameters = [] } = strategies.find(({ id }) => id === 'bollinger_bands_strategy') ?? {};
    assert.deepEqual(
      parameters.map((parameter) => [parameter.name, parameter.type, parameter.default]),
      [
        ['period', 'integer', 20],
        ['devfactor', 'number', 2],
      ],
    );
  });

  it('name every wrong field where it was written, however the scan is asked for', async () => {
    const cases: readonly (readonly [body: object, pointers: readonly string[]])[] = [
      [{}, ['/strategy']],
      [{ ...QUICK_SCAN, strategy: 'SMA Cross' }, ['/strategy']],
      [{ ...QUICK_SCAN, cash: 0, interval: '1y', wrong: 1 }, ['/interval', '/cash', '/wrong']],
      [{ ...QUICK_SCAN, tickers: ['AAPL', '../x'] }, ['/tickers/1']],
      [{ ...QUICK_SCAN, end_date: '2023-01-01' }, ['/end_date']],
      [{ ...QUICK_SCAN, start_date: '2024-13-01' }, ['/start_date']],
      [{ ...QUICK_SCAN, conventions: { direction: 'up' } }, ['/conventions/direction']],
      [{ ...QUICK_SCAN, parameters: { fast: 0 } }, ['/parameters/fast']],
      [{ ...QUICK_SCAN, parameters: { quick: 5 } }, ['/parameters/quick']],
    ];
    for (const [body, pointers] of cases) {
      for (const path of ['', '/start', '/stream']) {
        const { errors } = expectProblem(await post(path, body), 'invalid_input');
        assert.deepEqual(
          errors?.map(({ pointer }) => pointer),
          pointers,
          `${path} ${JSON.stringify(body)}`,
        );
      }
    }
    const grid = {
      fast: Array.from({ length: 20 }, (_, i) => i + 2),
      slow: [30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40],
    };
    const { errors } = expectProblem(
      await post('/sweep', { ...QUICK_SWEEP, parameters: grid }),
      'invalid_input',
    );
    assert.equal(errors?.[0]?.pointer, '/parameters');
  });

  it('name every wrong parameter and part of the path', async () => {
    const cases = {
      [`${MARKET_SCAN}/status/1`]: '/jobId',
      [`${MARKET_SCAN}/stream/1`]: '/jobId',
      [`${MARKET_SCAN}/stream/${scanId}?lastEventId=x`]: '?lastEventId',
      [`${MARKET_SCAN}/stream/${scanId}?after=1`]: '?after',
      [`${MARKET_SCAN}/results/${scanId}?format=xml`]: '?format',
      [`${MARKET_SCAN}/jobs?limit=0`]: '?limit',
      [`${MARKET_SCAN}/jobs?cursor=nonsense`]: '?cursor',
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

  it('find no job that is none, no strategy of that name, and no exchange that is not on the allow-list', async () => {
    for (const path of [
      `status/${UNKNOWN}`,
      `stream/${UNKNOWN}`,
      `results/${UNKNOWN}`,
      `results/${UNKNOWN}/report`,
      `sweep/${UNKNOWN}`,
    ]) {
      expectProblem(await client.ask(`${MARKET_SCAN}/${path}`), 'not_found');
    }
    expectProblem(await client.ask(`${MARKET_SCAN}/${UNKNOWN}`, 'DELETE'), 'not_found');
    for (const path of ['', '/start', '/stream']) {
      expectProblem(await post(path, { ...QUICK_SCAN, strategy: 'coin_toss' }), 'not_found');
      expectProblem(await post(path, { ...QUICK_SCAN, exchange: 'mtgox' }), 'exchange_unknown');
    }
    expectProblem(await post('/sweep', { ...QUICK_SWEEP, strategy: 'coin_toss' }), 'not_found');
  });

  it('keep fixed addresses apart from those of jobs, and say which methods there are', async () => {
    const cases = [
      ['DELETE', '/jobs', 'GET, HEAD, OPTIONS'],
      ['DELETE', '/strategies', 'GET, HEAD, OPTIONS'],
      ['DELETE', '/start', 'POST, OPTIONS'],
      ['GET', '/stream', 'POST, OPTIONS'],
      ['DELETE', '/sweep', 'POST, OPTIONS'],
      ['GET', '', 'POST, OPTIONS'],
      ['GET', `/${scanId}`, 'DELETE, OPTIONS'],
      ['POST', `/stream/${scanId}`, 'GET, HEAD, OPTIONS'],
      ['DELETE', `/results/${scanId}`, 'GET, HEAD, OPTIONS'],
    ] as const;
    for (const [method, path, allow] of cases) {
      const answer = await client.ask(`${MARKET_SCAN}${path}`, method);
      expectProblem(answer, 'method_not_allowed');
      assert.equal(answer.headers.allow, allow, `${method} ${path}`);
    }
  });

  it('give the same job for the same Idempotency-Key, and refuse the key for another request', async () => {
    for (const [path, body] of [
      ['/start', QUICK_SCAN],
      ['/sweep', QUICK_SWEEP],
      ['/stream', QUICK_SCAN],
    ] as const) {
      const key = { 'idempotency-key': `key${path}` };
      const [first, second] = [await post(path, body, key), await post(path, body, key)];
      assert.equal(first.status, path === '/stream' ? 200 : 202, first.text);
      assert.equal(first.headers.location, second.headers.location);
      if (path === '/stream') assert.equal(first.text, second.text, 'the same events from the start');
      expectProblem(await post(path, { ...body, cash: 1 }, key), 'idempotency_mismatch');
    }
  });

  it('count the jobs that were accepted', async () => {
    const name = 'fast_scanner_market_scans_started_total';
    const before = await client.metric(name);
    const key = { 'idempotency-key': 'counted' };
    for (let count = 0; count < 2; count += 1) await post('/start', QUICK_SCAN, key);
    assert.equal(await client.metric(name), before + 1);
  });

  // The last one: it sweeps every job that has ended.
  it('answer a swept job with its summary, which stays among the jobs', async () => {
    const key = { 'idempotency-key': 'swept' };
    const streamed = await post('/stream', QUICK_SCAN, key);
    const swept = await WrittenMarketScan.create(windows);
    await swept.appendErrors(1);
    await swept.end();
    await swept.sweep();
    const again = expectProblem(await post('/stream', QUICK_SCAN, key), 'gone');
    assert.equal(streamed.headers.location, `${MARKET_SCAN}/stream/${again.summary?.['job_id']}`);
    const paths = [`stream/${swept.id}`, `results/${swept.id}`, `sweep/${swept.id}`];
    for (const path of [...paths, `stream/${swept.id}?lastEventId=2`]) {
      const { summary } = expectProblem(await client.ask(`${MARKET_SCAN}/${path}`), 'gone');
      const { job_id, details_kept, failed } = marketJobSchema.parse(summary);
      assert.deepEqual([job_id, details_kept, failed], [swept.id, false, 1]);
    }
    assert.equal((await client.status(swept.id)).details_kept, false);
  });
});
