import assert from 'node:assert/strict';
import { once } from 'node:events';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import type { LearnRequest, ModelLearner } from '@fast-scanner/server/scanners/common/model-learner.ts';
import { createModelLearner } from '@fast-scanner/server/scanners/models/create-model-learner.ts';
import { HistoryReplayer } from '@fast-scanner/server/scanners/replay/history-replayer.ts';
import type { ReplayRequest } from '@fast-scanner/server/scanners/replay/replay-plan.ts';
import type { StepReplayer } from '@fast-scanner/server/scanners/replay/step-replayer.ts';
import type { SignalRecord } from '@fast-scanner/server/store/signal-record.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import type { Store } from '@fast-scanner/server/store/store.ts';
import { type CandleRow, ScannerError } from '@fast-scanner/shared';
import { sharedTrainer } from '../../../support/shared-trainer.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { writeCandleFile } from '../../market-data/files/write-candle-file.ts';
import { END, HOUR, inlineReplayer, NEVER, NO_LEARNER, recordedRows } from './replay-world.ts';

const DAYS_BACK = 40;
const REQUEST: ReplayRequest = {
  symbols: null,
  timeframe: '1h',
  stepMs: HOUR,
  from: END - DAYS_BACK * HOUR,
  to: END + 1,
  retrainMs: null,
};

function writeRecordings(directory: string, rowsBack = 0): void {
  const cut = (rows: readonly (readonly unknown[])[]) => rows.slice(0, rows.length - rowsBack);
  writeCandleFile(directory, '1h/AAAUSDT.csv', cut(recordedRows('1h', 850, 1)));
  writeCandleFile(directory, '1h/BBBUSDT.csv', cut(recordedRows('1h', 100, 2)));
}

describe('a replay of recorded history', () => {
  const folder = temporaryFolder();
  let store: Store;
  let stores = 0;

  before(() => {
    writeRecordings(`${folder.path}/candles`);
    writeCandleFile(`${folder.path}/candles`, '1d/DAYUSDT.csv', recordedRows('1d', 80, 3));
    const isWorkday = ([time]: CandleRow) => ![0, 6].includes(new Date(time).getUTCDay());
    writeCandleFile(`${folder.path}/candles`, '1d/AAPL.csv', recordedRows('1d', 120, 4).filter(isWorkday));
  });
  beforeEach(async () => {
    stores += 1;
    store = await openSqliteStore({ dataDir: `${folder.path}/data-${stores}`, clock: systemClock });
  });
  afterEach(() => store.close());

  interface Setting {
    readonly request?: Partial<ReplayRequest>;
    readonly signal?: AbortSignal;
    readonly replayer?: StepReplayer;
    readonly onProgress?: (done: number) => unknown;
    readonly directory?: string;
    readonly learner?: ModelLearner;
    readonly filesAsOf?: number;
  }

  function replay(setting: Setting = {}) {
    const { request, signal = NEVER, onProgress = () => undefined, filesAsOf = null } = setting;
    const replayer = new HistoryReplayer({
      store,
      clock: systemClock,
      filesDir: setting.directory ?? `${folder.path}/candles`,
      filesAsOf,
      universe: null,
      threads: 2,
      learner: setting.learner ?? NO_LEARNER,
      createReplayer: () => setting.replayer ?? inlineReplayer(),
    });
    const observer = {
      signal,
      onProgress: ({ done }: { done: number }) => onProgress(done),
      onRemoved: () => {},
    };
    return replayer.replay({ ...REQUEST, ...request }, observer);
  }

  /** Everything that is kept, but for when it was written. */
  async function kept(): Promise<readonly Omit<SignalRecord, 'recordedAt'>[]> {
    const signals = await store.listSignals({ origin: 'replay', limit: 5_000 });
    return signals.map(({ recordedAt, ...signal }) => signal);
  }

  it('keeps a signal for each symbol and step, with its outcome where the recorded future tells it', async () => {
    const { steps, signals, settled, failed, paused, unlisted, symbols, failures } = await replay();
    assert.equal(symbols, 2, 'of those that have candles of an hour');
    assert.deepEqual([steps, signals, failed, paused, unlisted], [82, 82, 0, 0, 0]);
    assert.deepEqual(failures, []);
    const all = await kept();
    assert.equal(all.length, 82);
    const outcomes = all.filter(({ outcome }) => outcome !== null);
    assert.equal(outcomes.length, settled);
    assert.deepEqual(
      outcomes.map(({ dueAt }) => dueAt <= END),
      outcomes.map(() => true),
    );
    assert.equal(all.filter(({ dueAt }) => dueAt <= END).length, settled, 'all that are due');
    for (const { outcome, dueAt } of outcomes) assert.equal(Date.parse(outcome?.settledAt ?? ''), dueAt);
  });

  it('keeps the same when it is run again, and nothing of what another replay of the time has said', async () => {
    await replay();
    const first = await kept();
    const { removed } = await replay({ request: { symbols: ['AAA/USDT'], stepMs: 2 * HOUR } });
    assert.equal(removed, 82);
    assert.equal((await kept()).length, 21);
    await replay();
    assert.deepEqual(await kept(), first);
  });

  it('leaves other times, timeframes and origins alone', async () => {
    await replay({ request: { timeframe: '4h', stepMs: 4 * HOUR } });
    await replay({ request: { to: END - 20 * HOUR } });
    const before = await kept();
    const { signals, removed } = await replay({ request: { from: END - 20 * HOUR } });
    assert.equal(removed, 0);
    assert.equal((await kept()).length, before.length + signals);
  });

  it('knows nothing of what came later: without the future it says the same', async () => {
    await replay();
    const whole = await kept();
    const cut = `${folder.path}/cut`;
    writeRecordings(cut, 15);
    await replay({ directory: cut });
    const known = await kept();
    assert.equal(known.length, 2 * (DAYS_BACK - 15 + 1));
    for (const signal of known) {
      const twin = whole.find(({ id }) => id === signal.id);
      assert.deepEqual({ ...signal, outcome: null }, { ...twin, outcome: null });
      if (signal.outcome) assert.deepEqual(signal.outcome, twin?.outcome);
    }
  });

  it('looks at nothing behind the clock of the recordings', async () => {
    const asOf = END - 15 * HOUR;
    await replay({ filesAsOf: asOf });
    const all = await kept();
    assert.equal(Math.max(...all.map(({ candleCloseTime }) => candleCloseTime)), asOf);
    assert.ok(all.every(({ dueAt, outcome }) => outcome === null || dueAt <= asOf));
  });

  it('lists what has no signal with the reason, and completes the rest', async () => {
    const request = { symbols: ['NONE/USDT', 'DAY/USDT', 'BBB/USDT'], from: END - 120 * HOUR, to: END };
    const { steps, signals, failed, unlisted, failures } = await replay({ request });
    assert.deepEqual(
      failures.map(({ symbol, code, steps: missing }) => [symbol, code, missing]),
      [
        ['NONE/USDT', 'symbol_unknown', 120],
        ['DAY/USDT', 'not_supported', 120],
        ['BBB/USDT', 'insufficient_data', 59],
      ],
    );
    assert.equal(unlisted, 21, 'BBB was not recorded then');
    assert.equal(steps, signals + failed + unlisted);
    assert.equal(signals, 40);
  });

  it('goes on with the other symbols when a thread crashes', async () => {
    const { replay: steps, close } = inlineReplayer();
    const replayer: StepReplayer = {
      replay: async (task, signal) => {
        if (task.recording.symbol === 'AAA/USDT') throw new ScannerError('worker_crashed', 'out of memory');
        return steps(task, signal);
      },
      close,
    };
    const { signals, failures, status } = await replay({ replayer });
    assert.equal(status, 'completed');
    assert.equal(signals, 41);
    const [failure] = failures;
    assert.deepEqual([failure?.symbol, failure?.code, failure?.steps], ['AAA/USDT', 'worker_crashed', 41]);
  });

  it('keeps what is written when it is stopped, and says so', async () => {
    const stop = new AbortController();
    const { replay: steps, close } = inlineReplayer();
    const replayer: StepReplayer = {
      replay: async (task, signal) => {
        if (task.recording.symbol === 'BBB/USDT') await once(signal, 'abort');
        return steps(task, signal);
      },
      close,
    };
    const onProgress = (done: number) => done > 0 && stop.abort();
    const { status, signals } = await replay({ signal: stop.signal, replayer, onProgress });
    assert.equal(status, 'cancelled');
    assert.equal(signals, 41);
    assert.equal((await kept()).length, signals);
  });

  it('says one thing of a stock for every session, none for the days between', async () => {
    const day = 24 * HOUR;
    const request = { symbols: ['AAPL'], timeframe: '1d', stepMs: day, from: END - 7 * day } as const;
    const { signals, paused, failures } = await replay({ request });
    assert.deepEqual(failures, []);
    assert.equal(signals + paused, 8);
    assert.equal(paused, 3, 'a Sunday and two Mondays, before their sessions');
  });

  it('predicts with models that were learned from what had closed before', async () => {
    const learned = createModelLearner(sharedTrainer());
    const asked: LearnRequest[] = [];
    const learner: ModelLearner = {
      learn: async (request, signal) => {
        asked.push(request);
        return learned.learn(request, signal);
      },
    };
    const request = { symbols: ['AAA/USDT'], from: END - 50 * HOUR, retrainMs: 30 * HOUR };
    const { models } = await replay({ request, learner });
    assert.deepEqual(
      models.map(({ from }) => from),
      [END - 50 * HOUR, END - 20 * HOUR],
    );
    assert.deepEqual(
      models.map(({ reason }) => reason),
      [null, null],
    );
    for (const { cutoff, feeds } of asked) {
      const past = { symbol: 'AAA/USDT', timeframe: '1h', from: 0, to: END } as const;
      const history = await feeds.get('AAA/USDT')?.history(past);
      assert.equal(history?.candles.openTime.at(-1), cutoff - HOUR);
    }
    const all = await kept();
    for (const { candleCloseTime, provenance, prediction, outcome } of all) {
      const model = models.findLast(({ from }) => from <= candleCloseTime);
      assert.equal(provenance.modelId, model?.modelId);
      assert.ok(prediction && prediction.probabilityUp > 0 && prediction.probabilityUp < 1);
      assert.equal(outcome?.predictionLabel === null, false);
    }
    assert.equal(new Set(all.map(({ provenance }) => provenance.modelId)).size, 2);
  });

  const refused: readonly (readonly [string, Partial<ReplayRequest>, RegExp])[] = [
    ['a step within a candle', { stepMs: HOUR / 2 }, /step: must be a whole number of 1h candles/],
    ['a step of one candle and a half', { stepMs: 1.5 * HOUR }, /step: must be a whole number/],
    ['a range that is empty', { from: END - HOUR, to: END - HOUR }, /from: must be before/],
    [
      'a range after the data',
      { from: END + HOUR, to: null },
      /from: the recorded candles end at 2026-01-05/,
    ],
  ];
  for (const [what, request, message] of refused) {
    it(`refuses ${what}, and removes nothing`, async () => {
      await assert.rejects(replay({ request }), (error) => {
        assert.ok(error instanceof ScannerError);
        assert.equal(error.code, 'invalid_input');
        assert.match(error.message, message);
        return true;
      });
    });
  }
});
