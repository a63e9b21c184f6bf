import type { Store } from '@fast-scanner/server/store/store.ts';
import type { Clock } from '@fast-scanner/shared';
import { describeBatches } from './store/batches.ts';
import { describeCandles } from './store/candles.ts';
import { describeEvents } from './store/events.ts';
import { describeHistories } from './store/histories.ts';
import { describeItems } from './store/items.ts';
import { describeJobs } from './store/jobs.ts';
import { describeLifecycle } from './store/lifecycle.ts';
import { describeListings } from './store/listings.ts';
import { describeRetention } from './store/retention.ts';
import { describeRuns } from './store/runs.ts';
import { describeSignalHistories } from './store/signal-histories.ts';
import { describeSignals } from './store/signals.ts';
import { StoreBench } from './store/store-bench.ts';
import { describeSweepHistories } from './store/sweep-histories.ts';
import { describeSweeps } from './store/sweeps.ts';

/** Opens the store of a place; the same place has the same data, a new place has none. */
export type OpenStore = (place: string, clock: Clock) => Promise<Store>;

/** What every store must do. */
export function storeContract(name: string, open: OpenStore): void {
  describe(`${name}: store contract`, () => {
    const bench = new StoreBench(open);
    afterEach(() => bench.clear());

    describe('jobs', () => describeJobs(bench));
    describe('job listings', () => describeListings(bench));
    describe('items', () => describeItems(bench));
    describe('events', () => describeEvents(bench));
    describe('batches', () => describeBatches(bench));
    describe('random histories', () => describeHistories(bench));
    describe('retention', () => describeRetention(bench));
    describe('runs', () => describeRuns(bench));
    describe('sweeps', () => describeSweeps(bench));
    describe('random histories of runs', () => describeSweepHistories(bench));
    describe('signals', () => describeSignals(bench));
    describe('random histories of signals', () => describeSignalHistories(bench));
    describe('archived candles', () => describeCandles(bench));
    describe('settings, ping and close', () => describeLifecycle(bench));
  });
}
