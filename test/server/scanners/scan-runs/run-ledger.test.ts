import assert from 'node:assert/strict';
import { createJobRecord } from '@fast-scanner/server/jobs/create-job-record.ts';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { RunLedger } from '@fast-scanner/server/scanners/scan-runs/run-ledger.ts';
import {
  INITIAL_STATE,
  RUN_JOB,
  type RunInput,
  toRunJob,
} from '@fast-scanner/server/scanners/scan-runs/run-record.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import { createEventLog } from '@fast-scanner/server/streams/create-event-log.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const INPUT: RunInput = {
  mode: 'recon',
  exchange: 'demo',
  dataSource: { exchange: 'demo', kind: 'simulated' },
  limit: 2,
  minScore: 65,
  leverage: 1,
  categories: ['majors'],
  symbols: null,
  priority: 'background',
  fingerprint: null,
};

describe('the ledger of a run', () => {
  const folder = temporaryFolder();

  it('keeps the chosen symbols though a heartbeat is written at the same moment', async () => {
    const store = await openSqliteStore({ dataDir: folder.path, clock: systemClock });
    const eventLog = createEventLog(store, { onListenerError: (error) => assert.fail(String(error)) });
    const own = { kind: RUN_JOB, exchange: 'demo', input: INPUT, state: INITIAL_STATE, createdAt: 0 };
    const job = createJobRecord(own);
    await store.commit({ createJobs: [job] });
    const ledger = new RunLedger(job, [], { eventLog, clock: systemClock });
    await ledger.begin();
    const symbols = ['BTC/USDT', 'ETH/USDT'];
    await Promise.all([ledger.choose({ symbols, note: 'two' }), ledger.beat()]);
    const stored = await store.getJob(job.id);
    assert.deepEqual([ledger.job.state.symbols, ledger.job.state.selectionNote], [symbols, 'two']);
    assert.ok(stored);
    assert.deepEqual(toRunJob(stored).state.symbols, symbols);
    await store.close();
  });
});
