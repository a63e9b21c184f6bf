import { WebSocket } from 'ws';
import { BENCH_SCAN_ID, type Contender, now } from './delivery-protocol.ts';

/**
 * Many subscribers in one process that do as little as a client can: they speak just enough of the protocol to be
 * subscribed, count events and read when each was sent.
 */
const [kind, port, count] = process.argv.slice(2) as [Contender, string, string]; // started by the benchmark alone
const CONNECTING_AT_ONCE = 100;

let received = 0;
let expected = Number.POSITIVE_INFINITY;
let latencies: number[] = [];

function onEvent(text: string): void {
  received += 1;
  const start = text.lastIndexOf('"sentAt":') + 9;
  latencies.push(now() - Number.parseFloat(text.slice(start, start + 20)));
  if (received === expected) process.send?.({ finishedAt: now(), latencies });
}

function connect(): Promise<void> {
  const path = kind === 'ws' ? '/' : '/socket.io/?EIO=4&transport=websocket';
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', (code) => {
      console.error(`a subscriber lost its connection: ${code}`);
      process.exit(1);
    });
    if (kind === 'ws') socket.on('open', resolve);
    socket.on('message', (data) => {
      const text = String(data);
      if (text.startsWith('42')) onEvent(text);
      else if (text === '2') socket.send('3');
      else if (text.startsWith('0')) socket.send('40');
      else if (text.startsWith('40') && kind === 'product')
        socket.send(`420["subscribe",{"scanId":"${BENCH_SCAN_ID}"}]`);
      else if (text.startsWith('40')) resolve();
      else if (text.startsWith('430')) text.includes('"ok":true') ? resolve() : reject(new Error(text));
    });
  });
}

for (let open = 0; open < Number(count); open += CONNECTING_AT_ONCE) {
  const batch = Math.min(CONNECTING_AT_ONCE, Number(count) - open);
  await Promise.all(Array.from({ length: batch }, connect));
}

process.on('message', (message) => {
  received = 0;
  latencies = [];
  expected = (message as { events: number }).events * Number(count); // sent by the benchmark alone
  process.send?.({ armed: true });
});
process.send?.({ ready: true });
