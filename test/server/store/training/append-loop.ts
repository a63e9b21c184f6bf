import { writeSync } from 'node:fs';
import { openTrainingStore } from '@fast-scanner/server/store/training/open-training-store.ts';
import { candles, NOON, series, signal } from '../../../contracts/training/records.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const MINUTE_MS = 60_000;
const SYMBOLS = ['A/USDT', 'B/USDT', 'C/USDT'];

/**
 * The program that is killed: appends without end, seals every now and then, and prints `symbol minute` for every record once it is
 * acknowledged. It goes on behind the given minute.
 */
async function main(folder: string, firstMinute: number): Promise<void> {
  const clock = new FakeClock(NOON + firstMinute * MINUTE_MS);
  const store = await openTrainingStore({ folder, clock, retentionDays: 3650 });
  for (let minute = firstMinute + 1; ; minute += 60) {
    clock.jumpWall(60 * MINUTE_MS);
    const time = NOON + minute * MINUTE_MS;
    await Promise.all([
      ...SYMBOLS.map(async (symbol) => {
        const id = series(symbol, '1m');
        await store.append({
          signals: [signal(time, id)],
          candles: [{ ...id, columns: candles(time, 60, '1m') }],
        });
        writeSync(1, `${symbol} ${minute}\n`);
      }),
      minute % 7 === 0 ? store.maintain() : undefined,
    ]);
  }
}

await main(process.argv[2] ?? '', Number(process.argv[3]));
