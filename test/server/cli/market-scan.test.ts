import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createScannerClient } from '@fast-scanner/client';
import {
  type MarketScanResultResponse,
  marketJobResponseSchema,
  marketJobsResponseSchema,
  marketScanIdSchema,
  marketScanResultResponseSchema,
} from '@fast-scanner/shared';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type CommandResult, runCommand } from './run-command.ts';
import { RunServer } from './run-server.ts';

const ESCAPE = String.fromCharCode(27);
const TICKERS = ['AAPL', 'NONE', 'MSFT', 'KO', 'XOM', 'JPM'];
const SCAN = ['market-scan', '--strategy', 'sma_cross', '--start', '2024-01-02', '--end', '2024-12-31'];
const SMALL_SCAN = [...SCAN, '--tickers', 'AAPL,NONE'];
const NOBODY = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';

describe('fast-scanner market-scan', () => {
  const folder = temporaryFolder();
  let server: RunServer;
  /** A scan as people see it, and its result. */
  let printed: CommandResult;
  let whole: MarketScanResultResponse;
  let jobId: string;
  const inFolder = (...path: readonly string[]) => join(folder.path, 'user', ...path);
  const command = (...args: readonly string[]) => server.command(args, { folder: inFolder() });

  before(async () => {
    mkdirSync(inFolder('folder'), { recursive: true });
    server = await RunServer.open(join(folder.path, 'data'));
    printed = await command(...SCAN, '-s', TICKERS.join(), '--report', 'out.html', '--csv', 'folder/out.csv');
    jobId = marketScanIdSchema.parse(/^Market scan (.*)$/m.exec(printed.err)?.[1]);
    whole = await createScannerClient({ url: server.windows.url }).marketScans.result(jobId);
  });
  after(() => server.close());

  it('prints a line for each step and each stock that could not be tested', () => {
    const { err } = printed;
    assert.match(err, /^Using the server at http:.*\nMarket scan [0-9a-f-]{36}\nTesting 6 stocks …\n/);
    assert.match(err, /^Progress: 100\.0% \(6\/6\) - Current: [A-Z]+ - ETA: 0s - PnL: -?\$[\d,]+$/m);
    assert.match(err, /^NONE: .* \(symbol_unknown\)$/m);
    assert.ok(!(err + printed.out).includes(ESCAPE), 'no control characters without a terminal');
  });

  it('prints what came of it: the data, the account beside its benchmark, stocks, sectors, failures and caveats', () => {
    const { exitCode, out } = printed;
    assert.equal(exitCode, 0);
    assert.match(out, /^sma_cross fast=10 slow=30 over the symbols named$/m);
    assert.match(
      out,
      /^demo: simulated market · 1d candles from 2024-01-02 to 2024-12-3\d · 5 of 6 stocks · /m,
    );
    assert.match(out, /^\$10,000 a stock · commission 0\.1 % · slippage 0\.05 % · long only · whole units/m);
    const { portfolio, benchmark, macro_statistics } = whole;
    const figures = (one: number | null, other: number | null) =>
      [one, other].map((figure) => ` +${figure === null ? '–' : figure.toFixed(2)} │`).join('');
    assert.match(out, new RegExp(`│ Sharpe +│${figures(portfolio.sharpe_ratio, benchmark.sharpe_ratio)}`));
    assert.match(out, new RegExp(`│ Sortino +│${figures(portfolio.sortino_ratio, benchmark.sortino_ratio)}`));
    for (const name of ['Return', 'CAGR', 'Max drawdown']) assert.match(out, new RegExp(`│ ${name} +│`));
    assert.match(
      out,
      new RegExp(`^Of 5 stocks ${macro_statistics.profitable_stocks} made a profit .* total PnL -?\\$`, 'm'),
    );
    for (const { ticker, total_trades } of whole.stock_results)
      assert.match(out, new RegExp(`│ ${ticker} +│ .*│ +${total_trades} │`));
    for (const sector of Object.keys(macro_statistics.by_sector))
      assert.match(out, new RegExp(`^│ ${sector} +│ +\\d+ │`, 'm'));
    assert.match(out, /^Not tested, 1 stock:\n {4}1 {2}symbol_unknown: NONE$/m);
    for (const caveat of whole.caveats) assert.ok(out.includes(`  - ${caveat}\n`));
  });

  it('writes its report and its stocks to the files that were named, and nothing beside them', async () => {
    const { marketScans } = createScannerClient({ url: server.windows.url });
    assert.equal(readFileSync(inFolder('out.html'), 'utf8'), await marketScans.report(jobId));
    assert.equal(readFileSync(inFolder('folder/out.csv'), 'utf8'), await marketScans.resultCsv(jobId));
    assert.deepEqual(
      [readdirSync(inFolder()).sort(), readdirSync(inFolder('folder'))],
      [['folder', 'out.html'], ['out.csv']],
    );
    assert.ok(printed.err.endsWith(`Report: ${inFolder('out.html')}\nCSV: ${inFolder('folder/out.csv')}\n`));
  });

  it('takes every option to the server, and prints one document and nothing else with --json', async () => {
    const { out } = await command(
      ...['market-scan', '--strategy', 'bollinger_bands_strategy', '--param', 'devfactor=1.5', '--json'],
      ...['--param', 'period=15', '-e', 'demo', '-s', 'aapl', '-i', '1d', '--start', '2024-02-01', '--end'],
      ...['2024-11-29', '--cash', '5000', '--commission', '0.002', '--slippage', '0.001'],
      ...['--direction', 'both', '--units', 'fractional', '--last-trade', 'open'],
    );
    const result = marketScanResultResponseSchema.parse(JSON.parse(out));
    assert.deepEqual(result.parameters, { period: 15, devfactor: 1.5 });
    assert.deepEqual(result.conventions, {
      cash: 5000,
      commission: 0.002,
      slippage: 0.001,
      direction: 'both',
      units: 'fractional',
      last_trade: 'open',
    });
    const [stock] = result.stock_results;
    assert.deepEqual(
      [stock?.ticker, stock?.first_date, stock?.last_date],
      ['AAPL', '2024-02-01', '2024-11-29'],
    );
  });

  it('shows a bar and colours on a terminal, and leaves failed stocks on the screen', async () => {
    const { err, out } = await server.command(SMALL_SCAN, { isTTY: true });
    assert.ok(err.includes('Market scan [') && err.includes('█') && err.includes('PnL: '));
    assert.match(err, /NONE: .* \(symbol_unknown\)\n/);
    assert.ok(out.includes(`${ESCAPE}[3`));
  });

  it('finds what is wrong with a file before the scan begins, and leaves it as it is', async () => {
    writeFileSync(inFolder('kept.html'), 'old');
    const misuses: readonly (readonly [RegExp, readonly string[]])[] = [
      [/^--report: .*folder is a folder; name a file/m, ['--report', 'folder']],
      [/^--csv: there is no folder .*nowhere; create it first/m, ['--csv', 'nowhere/out.csv']],
      [/^--report and --csv name the same file/m, ['--report', 'kept.html', '--csv', './kept.html']],
    ];
    for (const [message, args] of misuses) {
      const { exitCode, err } = await command(...SCAN, ...args);
      assert.equal(exitCode, 2);
      assert.match(err, message);
      assert.doesNotMatch(err, /Market scan/);
    }
    const failed = await command(...SCAN, '-s', 'NONE', '--report', 'kept.html');
    assert.equal(failed.exitCode, 1);
    assert.match(failed.err, /^The market scan failed after 1 of 1 stocks: .* \(symbol_unknown\)\.$/m);
    assert.equal(readFileSync(inFolder('kept.html'), 'utf8'), 'old');
  });

  it('tells which strategies there are, and which parameters', async () => {
    const unknown = await command('market-scan', '--strategy', 'sma_cros');
    assert.equal(unknown.exitCode, 2);
    assert.match(unknown.err, /there is no strategy "sma_cros"; there are: .*sma_cross, .* \(not_found\)/);
    const parameter = await command(...SCAN, '--param', 'quick=5', '--json');
    assert.equal(parameter.exitCode, 2);
    assert.match(parameter.err, /unknown parameter; there are: fast, slow/);
    assert.equal(JSON.parse(parameter.out).code, 'invalid_input');
  });

  it('lists scans, and shows one by the beginning of its id as it was shown when it ended', async () => {
    const { out } = await command('market-scan', 'list', '--status', 'completed');
    assert.match(out, new RegExp(`│ ${jobId.slice(0, 8)} │ .*UTC │ scan │ sma_cross +│ demo .* 6/6 │`));
    const listed = await command('market-scan', 'list', '--limit', '1', '--json');
    assert.equal(marketJobsResponseSchema.parse(JSON.parse(listed.out)).jobs.length, 1);
    assert.match(listed.err, /^$|^Using/);
    const shown = await command('market-scan', 'show', jobId.slice(0, 8), '--report', 'again.html');
    assert.equal(shown.out, printed.out);
    assert.equal(readFileSync(inFolder('again.html'), 'utf8'), readFileSync(inFolder('out.html'), 'utf8'));
  });

  it('says that there is no such scan', async () => {
    for (const [id, message] of [
      [NOBODY, /there is no market scan .* \(not_found\)/],
      [NOBODY.slice(0, 8), /^No market scan has an id that begins with 1b4e28ba\.$/m],
    ] as const) {
      const { exitCode, out, err } = await command('market-scan', 'show', id);
      assert.deepEqual([exitCode, out], [1, '']);
      assert.match(err, message);
    }
  });

  const misuses: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no strategy', [], /required option '--strategy <id or file>' not specified/],
    ['a name that is no id', ['--strategy', 'SMA!'], /^--strategy \(see .*\): must be the id of a strategy/m],
    ['a parameter without value', ['--param', 'fast'], /must look like period=20/],
    ['a parameter that is no number', ['--param', 'fast=quick'], /"quick" is no number, which fast must be/],
    ['a parameter given twice', ['--param', 'fast=1', '--param', 'fast=2'], /fast is given twice/],
    ['a day that is none', ['--start', '2024-02-30'], /a day such as 2018-02-07/],
    [
      'an end before the start',
      ['--strategy', 'x', '--end', '2023-01-01', '--start', '2024-01-01'],
      /--end: /,
    ],
    ['cash of nothing', ['--cash', '0'], /number from 1 to/],
    ['a list and names', ['--universe', 'sp500', '-s', 'AAPL'], /cannot be used with option/],
    ['a malformed ticker', ['--strategy', 'x', '-s', 'AAPL,../etc'], /^--tickers, number 2: /m],
    ['an unknown command', ['lists'], /too many arguments/],
    ['a sweep without values', ['sweep', '--strategy', 'sma_cross'], /'--param <name=values>' not specified/],
    [
      'a strategy file at a server',
      ['--strategy', './x.ts', '--detach'],
      /never at a server: leave --detach out/,
    ],
    ['a strategy file that is not there', ['--strategy', './x.ts'], /there is no strategy file .*x\.ts/i],
  ];
  for (const [what, args, message] of misuses) {
    it(`refuses ${what} as wrong usage`, async () => {
      const { exitCode, out, err } = await runCommand(['market-scan', ...args], { env: { PORT: 'none' } });
      assert.equal(exitCode, 2, err);
      assert.match(err, message);
      assert.equal(out, '');
    });
  }
});

describe('a market scan that takes long', () => {
  const folder = temporaryFolder();
  let server: RunServer;
  before(async () => {
    server = await RunServer.open(folder.path, { demoLatencyMs: 60_000 });
  });
  after(() => server.close());

  it('is cancelled by Ctrl-C, at the server, too, and writes no report', async () => {
    const stop = new AbortController();
    const report = join(folder.path, 'out.html');
    const { exitCode, out, err } = await server.command([...SMALL_SCAN, '--report', report], {
      signal: stop.signal,
      onOutput: (text) => text.includes('Testing') && stop.abort(),
    });
    assert.deepEqual([exitCode, out], [130, '']);
    assert.match(err, /Cancelling the market scan …/);
    assert.match(err, /^The market scan was cancelled after 0 of 2 stocks\.$/m);
    assert.equal(existsSync(report), false);
    const { jobs } = await server.windows.app.marketScans.jobs({ limit: 20 });
    assert.deepEqual(
      jobs.map(({ status }) => status),
      ['cancelled'],
    );
  });

  it('does not begin after Ctrl-C', async () => {
    const { exitCode, err } = await server.command(SMALL_SCAN, { signal: AbortSignal.abort() });
    assert.equal(exitCode, 130);
    assert.match(err, /^It was stopped before it began\.$/m);
  });

  it('goes on at the server with --detach, where it is shown as it stands and cancelled', async () => {
    const { exitCode, out, err } = await server.command([...SMALL_SCAN, '--detach']);
    assert.equal(exitCode, 0);
    const jobId = marketScanIdSchema.parse(out.trim());
    assert.match(err, new RegExp(`fast-scanner market-scan show ${jobId}`));
    const shown = await server.command(['market-scan', 'show', jobId]);
    assert.match(shown.out, /^The market scan is (queued|running): 0 of 2 stocks\.$/m);
    const early = await server.command(['market-scan', 'show', jobId, '--csv', 'out.csv']);
    assert.equal(early.exitCode, 1);
    assert.match(early.err, /^There is nothing to write yet: /m);
    const cancelled = await server.command(['market-scan', 'cancel', jobId.slice(0, 8)]);
    assert.equal(cancelled.out, `Job cancelled: ${jobId} (cancelled)\n`);
    const after = await server.command(['market-scan', 'show', jobId, '--json']);
    assert.equal(marketJobResponseSchema.parse(JSON.parse(after.out)).status, 'cancelled');
  });
});
