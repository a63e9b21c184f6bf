import assert from 'node:assert/strict';
import type { Engine } from '@fast-scanner/server/engine.ts';
import { scanStreamId } from '@fast-scanner/server/scanners/fast-scanner/fast-scanner-service.ts';
import type { ScanEvent } from '@fast-scanner/shared';
import { scanEventSchemas } from '@fast-scanner/shared';
import { eventually } from './eventually.ts';

/** Waits for a scan's terminal event and answers its whole log, checked against the contract. */
export async function completeLog({ eventLog }: Engine, scanId: string): Promise<ScanEvent[]> {
  const page = await eventually(
    async () => {
      const read = await eventLog.read(scanStreamId(scanId), 0, 10_000);
      assert.ok(read.terminal, `scan ${scanId} has not ended; last seq ${read.lastSeq}`);
      return read;
    },
    { timeoutMs: 30_000 },
  );
  const events = page.events.map(({ type, payload, seq }) => ({ type, ...payload, seq }) as ScanEvent);
  events.forEach((event, index) => {
    assert.equal(event.seq, index + 1, 'seqs have no hole');
    scanEventSchemas[event.type].parse(event);
  });
  const terminals = events.filter(({ type }) => type === 'deepAnalysisComplete');
  assert.equal(terminals.length, 1, 'exactly one terminal event');
  assert.equal(events.at(-1)?.type, 'deepAnalysisComplete');
  return events;
}

/** The events of one name, typed. */
export function eventsOf<Name extends ScanEvent['type']>(
  events: readonly ScanEvent[],
  name: Name,
): Extract<ScanEvent, { type: Name }>[] {
  return events.filter((event): event is Extract<ScanEvent, { type: Name }> => event.type === name);
}
