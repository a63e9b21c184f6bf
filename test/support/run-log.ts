import assert from 'node:assert/strict';
import type { Engine } from '@fast-scanner/server/engine.ts';
import { runStreamId } from '@fast-scanner/server/scanners/scan-runs/scan-runs-service.ts';
import { type RunEvent, type RunMetadata, runEventSchemas } from '@fast-scanner/shared';
import { eventually } from './eventually.ts';

/** Waits for a run's terminal event and answers its whole log, checked against the contract. */
export async function completeRunLog({ eventLog }: Engine, runId: string): Promise<RunEvent[]> {
  const page = await eventually(
    async () => {
      const read = await eventLog.read(runStreamId(runId), 0, 10_000);
      assert.ok(read.terminal, `run ${runId} has not ended; last seq ${read.lastSeq}`);
      return read;
    },
    { timeoutMs: 15_000 },
  );
  const events = page.events.map(({ type, payload, seq }) => ({ type, ...payload, seq }) as RunEvent);
  events.forEach((event, index) => {
    assert.equal(event.seq, index + 1, 'seqs have no hole');
    assert.equal(event.run_id, runId);
    runEventSchemas[event.type].parse(event);
  });
  assert.equal(runEventsOf(events, 'runEnded').length, 1, 'exactly one terminal event');
  assert.equal(events.at(-1)?.type, 'runEnded');
  const told = outcomesOf(events);
  assert.equal(new Set(told).size, told.length, 'no symbol is told twice');
  return events;
}

/** The events of one name, typed. */
export function runEventsOf<Name extends RunEvent['type']>(
  events: readonly RunEvent[],
  name: Name,
): Extract<RunEvent, { type: Name }>[] {
  return events.filter((event): event is Extract<RunEvent, { type: Name }> => event.type === name);
}

/** The symbols that have ended, in the order they did. */
export function outcomesOf(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === 'runSignal' || event.type === 'runRejection' ? [event.symbol] : [],
  );
}

/** What the terminal event says of the run. */
export function endOf(events: readonly RunEvent[]): Extract<RunEvent, { type: 'runEnded' }> {
  const [end] = runEventsOf(events, 'runEnded');
  assert.ok(end);
  return end;
}

/** requested = signals + rejected + failed + skipped. */
export function assertIdentity({ requested, total, rejected, failed, skipped, scanned }: RunMetadata): void {
  assert.equal(requested, total + rejected + failed + skipped);
  assert.equal(scanned, requested - skipped);
}
