import assert from 'node:assert/strict';
import { createLazyTrainingStore } from '@fast-scanner/server/store/training/lazy-training-store.ts';
import { openTrainingStore } from '@fast-scanner/server/store/training/open-training-store.ts';
import { ScannerError } from '@fast-scanner/shared';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

describe('training data that are opened when they are needed', () => {
  const folder = temporaryFolder();

  it('are not opened to be asked how they are, and say why they could not be opened until they can', async () => {
    let opened = 0;
    let isFull = true;
    const store = createLazyTrainingStore(async () => {
      opened += 1;
      if (isFull) throw new ScannerError('disk_full', 'no room');
      const onIncident = ({ detail }: { readonly detail: string }) => assert.fail(detail);
      return openTrainingStore({
        folder: folder.path,
        clock: new FakeClock(),
        retentionDays: 365,
        onIncident,
      });
    });
    await store.ping();
    assert.equal(opened, 0);
    await assert.rejects(store.append({}), { code: 'disk_full' });
    await assert.rejects(store.ping(), { code: 'disk_full' });
    isFull = false;
    await store.ping();
    assert.equal(opened, 3);
    await store.append({});
    assert.equal(opened, 3);
    await store.close();
  });
});
