import assert from 'node:assert/strict';
import type { Engine } from '@fast-scanner/server/engine.ts';
import { marketScanStreamId } from '@fast-scanner/server/scanners/market-scan/market-scan-service.ts';
import { type MarketScanEvent, marketScanEventSchemas } from '@fast-scanner/shared';

const TERMINALS: readonly MarketScanEvent['type'][] = ['complete', 'sweepComplete', 'cancelled', 'failed'];

/** Waits for the terminal event of a market scan or sweep and answers its whole log, checked against the contract. */
export async function completeMarketLog({ eventLog }: Engine, jobId: string): Promise<MarketScanEvent[]> {
  const events: MarketScanEvent[] = [];
  for await (const batch of eventLog.follow(marketScanStreamId(jobId), 0, AbortSignal.timeout(15_000))) {
    events.push(...batch.map(({ type, payload, seq }) => ({ type, ...payload, seq }) as MarketScanEvent));
  }
  events.forEach((event, index) => {
    assert.equal(event.seq, index + 1, 'seqs have no hole');
    assert.equal(event.job_id, jobId);
    const { type, ...payload } = event;
    assert.deepEqual(
      marketScanEventSchemas[type].parse(payload),
      payload,
      'and says nothing beside the contract',
    );
  });
  assert.deepEqual(
    events.filter(({ type }) => TERMINALS.includes(type)).map(({ seq }) => seq),
    [events.length],
    `exactly one terminal event, the last; the newest is ${events.at(-1)?.type}`,
  );
  const failed = marketEventsOf(events, 'error').map(({ ticker }) => ticker);
  assert.equal(new Set(failed).size, failed.length, 'no failure is told twice');
  assertRises(marketEventsOf(events, 'progress').map(({ current }) => current));
  return events;
}

/** The events of one name, typed. */
export function marketEventsOf<Name extends MarketScanEvent['type']>(
  events: readonly MarketScanEvent[],
  name: Name,
): Extract<MarketScanEvent, { type: Name }>[] {
  return events.filter((event): event is Extract<MarketScanEvent, { type: Name }> => event.type === name);
}

/** The terminal event of that name. */
export function marketEndOf<Name extends MarketScanEvent['type']>(
  events: readonly MarketScanEvent[],
  name: Name,
): Extract<MarketScanEvent, { type: Name }> {
  const last = events.at(-1);
  assert.equal(last?.type, name, JSON.stringify(last));
  return last as Extract<MarketScanEvent, { type: Name }>; // its type was compared
}

/** Progress is told once and never goes back. */
function assertRises(values: readonly number[]): void {
  values.forEach((value, index) => {
    assert.ok(index === 0 || value > (values[index - 1] ?? 0), `progress ${values.join(', ')}`);
  });
}
