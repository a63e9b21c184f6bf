import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError } from '@fast-scanner/server/config/config-error.ts';
import { CONFIG_VARIABLES } from '@fast-scanner/server/config/config-variables.ts';
import { envExample } from '@fast-scanner/server/config/env-example.ts';
import { loadConfig } from '@fast-scanner/server/config/load-config.ts';
import { printConfig } from '@fast-scanner/server/config/print-config.ts';
import { readEnvironment } from '@fast-scanner/server/config/read-environment.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the environment', () => {
  const folder = temporaryFolder();

  it('is what is set when there is no .env', () => {
    assert.deepEqual(readEnvironment({ PORT: '1' }, folder.path), { PORT: '1' });
  });

  it('lets what is set win over .env', () => {
    writeFileSync(join(folder.path, '.env'), '# my settings\nPORT=6000\nDEMO_SEED="7"\n');
    const env = readEnvironment({ PORT: '7000' }, folder.path);
    assert.equal(env['PORT'], '7000');
    assert.equal(env['DEMO_SEED'], '7');
  });

  it('names a .env that cannot be read', () => {
    const unreadable = join(folder.path, 'unreadable');
    mkdirSync(join(unreadable, '.env'), { recursive: true });
    assert.throws(
      () => readEnvironment({}, unreadable),
      (error) => error instanceof ConfigError && /\.env/.test(error.message),
    );
  });
});

describe('the printed configuration', () => {
  it('masks secrets that are set and nothing else', () => {
    const env = {
      API_TOKEN: 'a-token-of-some-length',
      EXCHANGE_OPTIONS: '{"binance":{"secret":"hidden"}}',
      PORT: '6000',
    };
    const printed = printConfig(env);
    assert.doesNotMatch(printed, /a-token|hidden/);
    assert.match(printed, /^API_TOKEN=\*+$/m);
    assert.match(printed, /^READER_TOKEN=$/m);
    assert.match(printed, /^PORT=6000$/m);
  });

  it('gives the same settings when it is read again', () => {
    assert.deepEqual(loadConfig(parseEnv(printConfig({ PORT: '6000' }))), loadConfig({ PORT: '6000' }));
  });
});

describe('.env.example', () => {
  it('is what the table of variables says', () => {
    assert.equal(readFileSync('.env.example', 'utf8'), envExample());
  });

  it('names each variable once', () => {
    const names = Object.values(CONFIG_VARIABLES).map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const name of names)
      assert.equal(envExample().match(new RegExp(`^# ${name}=`, 'gm'))?.length, 1, name);
  });
});
