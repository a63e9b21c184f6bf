import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import { storeContract } from '../../contracts/store.contract.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('openSqliteStore', () => {
  const folder = temporaryFolder();
  storeContract('openSqliteStore', (place, clock) =>
    openSqliteStore({ dataDir: `${folder.path}/${place}`, clock }),
  );
});
