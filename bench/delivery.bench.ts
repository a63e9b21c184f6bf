import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { CONTENDERS, type Contender } from './support/delivery-protocol.ts';
import { median } from './support/measure.ts';
import { printTable } from './support/table.ts';

/**
 * From the moment an event is emitted to the moment a client holds it, and how many deliveries a second one process
 * manages: this product (which also stores and numbers each event) beside a plain Socket.IO room broadcast and raw ws, same bytes.
 * Server and subscribers are processes of their own, new for every measurement; contenders take turns.
 */
const QUICK = process.argv.includes('--quick');
const FLEETS = QUICK ? [1, 200] : [1, 1000, 4000];
const ROUNDS = QUICK ? 1 : 3;

interface Measured {
  readonly p50: number;
  readonly p99: number;
  readonly deliveriesPerSecond: number;
}

function start(module: string, ...args: string[]): ChildProcess {
  const path = new URL(`./support/${module}.ts`, import.meta.url);
  return fork(path, args, { execArgv: ['--import', 'tsx'], serialization: 'advanced' });
}

async function answer<Message>(child: ChildProcess): Promise<Message> {
  const [message] = await once(child, 'message');
  return message; // each child says one thing at a time
}

async function measure(kind: Contender, subscribers: number): Promise<Measured> {
  const server = start('delivery-server', kind);
  const { port } = await answer<{ port: number }>(server);
  const fleet = start('delivery-fleet', kind, String(port), String(subscribers));
  await answer(fleet);
  const run = async (events: number, intervalMs: number) => {
    fleet.send({ events });
    await answer(fleet);
    const finished = answer<{ finishedAt: number; latencies: number[] }>(fleet);
    server.send({ events, intervalMs });
    const { startedAt } = await answer<{ startedAt: number }>(server);
    return { startedAt, ...(await finished) };
  };
  await run(10, 5); // warms up the compilers
  const paced = await run(20, subscribers > 1000 ? 150 : 50);
  const events = Math.max(20, Math.min(2000, Math.round(100_000 / subscribers)));
  const burst = await run(events, 0);
  const sorted = paced.latencies.sort((a, b) => a - b);
  server.kill();
  fleet.kill();
  return {
    p50: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    deliveriesPerSecond: (events * subscribers * 1000) / (burst.finishedAt - burst.startedAt),
  };
}

async function measureAll(subscribers: number): Promise<(string | number)[][]> {
  const runs = new Map<Contender, Measured[]>(CONTENDERS.map((kind) => [kind, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const kind of CONTENDERS) runs.get(kind)?.push(await measure(kind, subscribers));
  }
  const of = (kind: Contender, field: keyof Measured) =>
    median((runs.get(kind) ?? []).map((run) => run[field]));
  const plain = of('socket.io', 'deliveriesPerSecond');
  return CONTENDERS.map((kind) => [
    `${kind}, ${subscribers}`,
    of(kind, 'p50').toFixed(2),
    of(kind, 'p99').toFixed(2),
    Math.round(of(kind, 'deliveriesPerSecond')),
    (of(kind, 'deliveriesPerSecond') / plain).toFixed(2),
  ]);
}

const rows: (string | number)[][] = [];
for (const subscribers of FLEETS) rows.push(...(await measureAll(subscribers)));
printTable(
  `Deliveries (medians of ${ROUNDS}; goal: ≥ 0.95 of plain Socket.IO)`,
  ['contender, subscribers', 'p50 ms', 'p99 ms', 'deliveries/s', 'of Socket.IO'],
  rows,
);
