import assert from 'node:assert/strict';
import { createApp } from '@fast-scanner/server/app.ts';
import { sharedAnalyst } from '../support/shared-analyst.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testConfig } from '../support/test-config.ts';

describe('an app', () => {
  const folder = temporaryFolder();

  it('that is closed while it starts does not listen', async () => {
    const app = await createApp(testConfig({ dataDir: `${folder.path}/early` }), {
      analyst: sharedAnalyst(),
    });
    const starting = assert.rejects(app.start(), { code: 'unavailable' });
    await app.close();
    await starting;
  });

  it('that was never started closes, twice', async () => {
    const app = await createApp(testConfig({ dataDir: `${folder.path}/never` }), {
      analyst: sharedAnalyst(),
    });
    await Promise.all([app.close(), app.close()]);
  });

  it('whose port is taken says so and closes', async () => {
    const first = await createApp(testConfig({ dataDir: `${folder.path}/first` }), {
      analyst: sharedAnalyst(),
    });
    const { port } = new URL((await first.start()).url);
    const second = await createApp(testConfig({ dataDir: `${folder.path}/second`, port: Number(port) }), {
      analyst: sharedAnalyst(),
    });
    await assert.rejects(second.start(), { code: 'EADDRINUSE' });
    await second.close();
    await first.close();
  });
});
