import assert from 'node:assert/strict';
import { marketScanIdSchema, sweepResultResponseSchema } from '@fast-scanner/shared';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { RunServer } from './run-server.ts';

const SWEEP = [
  'market-scan',
  'sweep',
  '--strategy',
  'sma_cross',
  '-s',
  'AAPL,MSFT,NONE',
  '--start',
  '2022-01-03',
];

describe('fast-scanner market-scan sweep', () => {
  const folder = temporaryFolder();
  let server: RunServer;
  before(async () => {
    server = await RunServer.open(folder.path);
  });
  after(() => server.close());

  it('prints the best variants before and after the split, what luck would do, and the verdict', async () => {
    const { exitCode, out, err } = await server.command([
      ...[...SWEEP, '--param', 'fast=3,5,8,10', '--param', 'slow=20,30,40', '--in-sample', '0.6'],
    ]);
    assert.equal(exitCode, 0);
    const jobId = marketScanIdSchema.parse(/^Sweep (.*)$/m.exec(err)?.[1]);
    assert.match(err, /^Progress: 100\.0% \(3\/3\) - Current: [A-Z]+ - ETA: 0s$/m);
    const shown = await server.command(['market-scan', 'show', jobId, '--json']);
    const result = sweepResultResponseSchema.parse(JSON.parse(shown.out));
    assert.match(
      out,
      new RegExp(`^sma_cross, 12 variants, judged on what follows ${result.split_date}`, 'm'),
    );
    assert.match(out, /^demo: simulated market · 1d candles · 2 of 3 stocks · /m);
    const rows = result.variants.slice(0, 10).map(({ parameters, in_sample, out_of_sample }) => {
      const sharpes = [in_sample, out_of_sample].map((part) => part.sharpe_ratio?.toFixed(2) ?? '–');
      const cells = [parameters['fast'], parameters['slow'], sharpes[0], '.*', sharpes[1], '.*'];
      return cells.join(' +│ +');
    });
    assert.match(out, new RegExp(rows.join('.*\\n.*'), 'm'));
    assert.match(out, /^… and 2 variants more; --json has them all\.$/m);
    assert.ok(out.includes(`\n${result.verdict}\n`));
    assert.ok(result.deflated_sharpe);
    const { probability, expected_maximum } = result.deflated_sharpe;
    assert.match(
      out,
      new RegExp(
        `^Deflated Sharpe ratio: ${(probability * 100).toFixed(1)} % \\(the best of 12 would have ${expected_maximum.toFixed(2)} `,
        'm',
      ),
    );
    assert.match(out, /symbol_unknown: NONE/);
    const again = await server.command(['market-scan', 'show', jobId]);
    assert.equal(again.out, out);
    const report = await server.command(['market-scan', 'show', jobId, '--report', 'out.html']);
    assert.match(report.err, /^A sweep has neither --report nor --csv/m);
  });

  it('says what the server thinks of its values', async () => {
    const { exitCode, err } = await server.command([...SWEEP, '--param', 'fast=50', '--param', 'slow=10']);
    assert.equal(exitCode, 2);
    assert.match(err, /must be below slow/);
  });
});
