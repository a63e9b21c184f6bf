import { createModelLearner } from '../scanners/models/create-model-learner.ts';
import { Outcomes } from '../scanners/outcomes/outcomes.ts';
import { SignalReplayer } from '../scanners/outcomes/signal-replayer.ts';
import { StoredWindows } from '../scanners/outcomes/stored-windows.ts';
import { HistoryReplayer } from '../scanners/replay/history-replayer.ts';
import { Webhooks } from '../webhooks/webhooks.ts';
import type { Scanners } from './create-scanners.ts';
import type { Workshop } from './workshop.ts';

const DAY_MS = 86_400_000;

/** What follows the signals that scanners have said: to their outcome, back through history, out to others. */
export interface Followers {
  readonly outcomes: Outcomes;
  readonly replayer: HistoryReplayer;
  readonly webhooks: Webhooks;
}

/** Nothing runs before they are opened. */
export function createFollowers(workshop: Workshop, { scanner }: Pick<Scanners, 'scanner'>): Followers {
  const { config, store, feeds, clock, quickQueue, trainer } = workshop;
  return {
    outcomes: new Outcomes({
      ...workshop,
      queue: quickQueue,
      replayer: new SignalReplayer({ windows: new StoredWindows({ archive: store, feeds }), clock }),
      historyMs: config.signalHistoryDays * DAY_MS,
      candleMs: config.signalCandleDays * DAY_MS,
    }),
    replayer: new HistoryReplayer({
      store,
      clock,
      filesDir: config.filesDir,
      filesAsOf: config.filesAsOf,
      universe: config.universe,
      threads: config.deepAnalysisConcurrency,
      learner: createModelLearner(trainer),
    }),
    webhooks: new Webhooks({
      ...workshop,
      allowPrivate: config.webhookAllowPrivate,
      ruleIds: async () => (await scanner.alertRules()).rules.map(({ id }) => id),
    }),
  };
}
