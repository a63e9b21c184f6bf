import { openTrainingStore } from '@fast-scanner/server/store/training/open-training-store.ts';
import { trainingStoreContract } from '../../../contracts/training-store.contract.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { quickFiles } from './quick-files.ts';

describe('openTrainingStore', () => {
  const folder = temporaryFolder();
  trainingStoreContract('openTrainingStore', (place, clock) =>
    openTrainingStore({ folder: `${folder.path}/${place}`, clock, retentionDays: 30, files: quickFiles }),
  );
});
