import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { signBody } from '@fast-scanner/server/webhooks/sign-body.ts';
import { quickScanResponseSchema } from '@fast-scanner/shared';
import { build } from 'esbuild';
import { putTable, readmeTables } from './support/readme-tables.ts';
import { type RunningApp, startApp } from './support/running-app.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const run = promisify(execFile);
const README = readFileSync('README.md', 'utf8');
/** Inside the repository, so that the example finds the packages by their names. */
const EXAMPLES = join(process.cwd(), 'node_modules', '.cache', 'readme-test');

function example(name: string): string {
  const code = new RegExp(`<!-- executed: ${name} -->\n\`\`\`\\w+\n([^]*?)\`\`\``).exec(README)?.[1];
  assert.ok(code, `the README has an example ${name}`);
  return code;
}

describe('the README', () => {
  const folder = temporaryFolder();
  let server: RunningApp;

  before(async () => {
    mkdirSync(EXAMPLES, { recursive: true });
    server = await startApp({ dataDir: folder.path });
  });
  after(async () => {
    await server.app.close();
    rmSync(EXAMPLES, { recursive: true });
  });

  it('has a curl example that answers 20 signals', async () => {
    const command = example('curl').replace('localhost:5000', `localhost:${server.port}`);
    const { stdout } = await run('bash', ['-c', command.replace('curl ', 'curl -sS ')]);
    assert.equal(quickScanResponseSchema.parse(JSON.parse(stdout)).count, 20);
  });

  it('has an SDK example that runs to the end', async () => {
    const file = join(EXAMPLES, 'example.mts');
    writeFileSync(file, example('sdk').replace('http://127.0.0.1:5000', server.url));
    // A bundle starts in a fraction of the time that it takes to run the client from its source.
    const outfile = join(EXAMPLES, 'example.mjs');
    const alias = {
      '@fast-scanner/client': './client-sdk/src/index.ts',
      '@fast-scanner/shared': './shared/src/index.ts',
    };
    const options = { bundle: true, format: 'esm', platform: 'node', packages: 'external' } as const;
    await build({ ...options, alias, entryPoints: [file], outfile });
    const { stdout } = await run(process.execPath, [outfile]);
    assert.match(stdout, /^BTC\/USDT (BUY|SELL|HOLD) \d+$/m);
    assert.match(stdout, /^100 %, 0 s left$/m);
    assert.match(stdout, /^completed 2$/m);
  });

  it('has an example that tells genuine deliveries of a webhook from others', async () => {
    const file = join(EXAMPLES, 'webhook.mjs');
    writeFileSync(file, example('webhook'));
    const { isGenuine } = await import(pathToFileURL(file).href);
    const secret = 'at-least-16-characters';
    const now = Date.now();
    assert.equal(isGenuine('{}', signBody('{}', secret, now), secret), true);
    const others = [signBody('{ }', secret, now), signBody('{}', `${secret}!`, now), undefined, 't=1,v1=00'];
    const old = signBody('{}', secret, now - 301_000);
    assert.deepEqual(
      new Set([...others, old].map((signature) => isGenuine('{}', signature, secret))),
      new Set([false]),
    );
  });

  for (const name of ['quick-scan', 'arm-scanner', 'market-scan']) {
    it(`shows the ${name} component as the examples have it, which are run`, () => {
      const source = readFileSync(join('examples', `${name}.tsx`), 'utf8').trimEnd();
      assert.ok(README.includes(`\`\`\`tsx\n${source}\n\`\`\``), `examples/${name}.tsx has changed`);
    });
  }

  for (const [name, table] of Object.entries(readmeTables())) {
    it(`has the ${name} as the code has it`, () => {
      const wanted = putTable(README, name, table);
      if (process.env['UPDATE_README'])
        writeFileSync('README.md', putTable(readFileSync('README.md', 'utf8'), name, table));
      else assert.equal(README, wanted, 'run UPDATE_README=1 npm test -- test/readme.test.ts');
    });
  }
});
