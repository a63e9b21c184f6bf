import assert from 'node:assert/strict';
import { CONFIG_VARIABLES } from '@fast-scanner/server/config/config-variables.ts';
import { RUN_MODES } from '@fast-scanner/shared';
import { runCommand } from './run-command.ts';

const COMMANDS = [
  'scan',
  'run',
  'runs',
  'market-scan',
  'strategies',
  'continuous',
  'alerts',
  'export',
  'models',
  'replay',
  'scorecard',
  'serve',
];

describe('fast-scanner --help', () => {
  it('names the commands, examples and exit codes', async () => {
    const { exitCode, out } = await runCommand(['--help']);
    assert.equal(exitCode, 0);
    for (const command of COMMANDS) assert.match(out, new RegExp(`^ {2}${command} `, 'm'));
    assert.match(out, /Examples:/);
    assert.match(out, /Exit codes:/);
  });

  for (const command of COMMANDS) {
    it(`of ${command} has examples`, async () => {
      const { exitCode, out } = await runCommand([command, '--help']);
      assert.equal(exitCode, 0);
      assert.match(out, new RegExp(`\\$ fast-scanner ${command}`));
    });
  }

  it('of run tells what each mode asks for', async () => {
    const { out } = await runCommand(['run', '--help']);
    for (const [name, { minScore, minRiskReward }] of Object.entries(RUN_MODES)) {
      const facts = `score from ${minScore}, risk/reward from ${minRiskReward}`;
      assert.match(out, new RegExp(`^ {2}${name} .*\\n.*${facts}$`, 'm'));
    }
  });

  for (const command of ['list', 'show', 'cancel']) {
    it(`of runs ${command} says how it ends`, async () => {
      const { exitCode, out } = await runCommand(['runs', command, '--help']);
      assert.equal(exitCode, 0);
      assert.match(out, /--url <address>(.|\n)*Exit codes:/);
    });
  }

  for (const command of ['sweep', 'list', 'show', 'cancel']) {
    it(`of market-scan ${command} says how it ends`, async () => {
      const { exitCode, out } = await runCommand(['market-scan', command, '--help']);
      assert.equal(exitCode, 0);
      assert.match(out, /--url <address>(.|\n)*Exit codes:/);
    });
  }

  for (const command of ['list', 'rules', 'test']) {
    it(`of alerts ${command} says how it ends`, async () => {
      const { exitCode, out } = await runCommand(['alerts', command, '--help']);
      assert.equal(exitCode, 0);
      assert.match(out, /--url <address>(.|\n)*Exit codes:/);
    });
  }

  for (const command of ['status', 'stop']) {
    it(`of continuous ${command} says how it ends`, async () => {
      const { exitCode, out } = await runCommand(['continuous', command, '--help']);
      assert.equal(exitCode, 0);
      assert.match(out, /--url <address>(.|\n)*Exit codes:/);
    });
  }

  it('of serve names every variable', async () => {
    const { out } = await runCommand(['serve', '--help']);
    for (const { name } of Object.values(CONFIG_VARIABLES))
      assert.match(out, new RegExp(`^ {2}${name} `, 'm'));
  });

  it('is shown when there is no command, as wrong usage', async () => {
    const { exitCode, err } = await runCommand([]);
    assert.equal(exitCode, 2);
    assert.match(err, /Usage: fast-scanner/);
  });

  it('has a version beside it', async () => {
    const { exitCode, out } = await runCommand(['--version']);
    assert.equal(exitCode, 0);
    assert.match(out, /^\d+\.\d+\.\d+\n$/);
  });
});
