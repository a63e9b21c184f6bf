import {
  type CandleSeries,
  type Clock,
  type ReplaySignalResponse,
  ScannerError,
  type SignalDifference,
  toIsoTime,
} from '@fast-scanner/shared';
import { RULE_VERSIONS } from '../../analysis/rule-versions.ts';
import type { SignalRecord } from '../../store/signal-record.ts';
import type { SignalStatement } from '../common/signal-statement.ts';
import { recomputeSignal } from './recompute-signal.ts';
import type { StoredWindow, StoredWindows } from './stored-windows.ts';

export interface SignalReplayerOptions {
  readonly windows: Pick<StoredWindows, 'find'>;
  readonly clock: Clock;
}

const FIELDS = ['signalType', 'direction', 'regime', 'score', 'price', 'stop', 'target'] as const;
/** What a later scan of the same candle adds to a signal of phase 1: its provenance does not tell the candles of that. */
const FILLED_IN = ['regime', 'stop', 'target'] as const satisfies readonly (typeof FIELDS)[number][];

type Verdict = Pick<ReplaySignalResponse, 'verdict' | 'detail' | 'differences' | 'candlesFrom'>;

/** Computes kept signals again, from the candles they were computed from, by the rules of today. */
export class SignalReplayer {
  readonly #options: SignalReplayerOptions;

  constructor(options: SignalReplayerOptions) {
    this.#options = options;
  }

  async replay(record: SignalRecord): Promise<ReplaySignalResponse> {
    return {
      success: true,
      signalId: record.id,
      ...(await this.#judge(record)),
      rules: { ...RULE_VERSIONS },
      timestamp: toIsoTime(this.#options.clock.now()),
    };
  }

  async #judge(record: SignalRecord): Promise<Verdict> {
    const used = record.provenance.candles;
    const windows = await Promise.all(used.map((one) => this.#options.windows.find(record, one)));
    const missing = used.find((_, index) => windows[index] === null);
    if (missing) {
      const { count, timeframe, from } = missing;
      return unavailable(
        `the ${count} ${timeframe} candles from ${from} are kept no more, and the source does not have them`,
      );
    }
    return compare(
      record,
      windows.flatMap((window) => window ?? []),
    );
  }
}

function compare(record: SignalRecord, windows: readonly StoredWindow[]): Verdict {
  const candlesFrom = windows.some(({ from }) => from === 'source') ? 'source' : 'archive';
  try {
    const computed = recomputeSignal(
      record,
      windows.map(({ series }): CandleSeries => series),
    );
    const differences = [
      ...otherRules(record),
      ...windows.flatMap(otherCandles),
      ...otherStatement(record, computed),
    ];
    return {
      verdict: differences.length === 0 ? 'equal' : 'differs',
      detail: explain(differences) + sayFilledIn(record, computed),
      differences,
      candlesFrom,
    };
  } catch (error) {
    if (error instanceof ScannerError) return unavailable(`it cannot be computed again: ${error.message}`);
    throw error;
  }
}

function unavailable(detail: string): Verdict {
  return { verdict: 'unavailable', detail, differences: [], candlesFrom: null };
}

function otherRules({ provenance }: SignalRecord): SignalDifference[] {
  const today: Readonly<Record<string, number>> = RULE_VERSIONS;
  return Object.entries(provenance.rules)
    .filter(([name, version]) => today[name] !== version)
    .map(([name, stored]) => ({ field: `rules.${name}`, stored, computed: today[name] ?? null }));
}

function otherCandles({ used, series, isSame }: StoredWindow): SignalDifference[] {
  if (isSame) return [];
  const field = `candles.${used.timeframe}`;
  const say = (count: number) => `${count} candles`;
  const computed = series.length === used.count ? `${say(series.length)}, other values` : say(series.length);
  return [{ field, stored: say(used.count), computed }];
}

function otherStatement(record: SignalRecord, computed: SignalStatement | null): SignalDifference[] {
  if (!computed) return [{ field: 'signalType', stored: record.signalType, computed: null }];
  const filled = filledIn(record, computed);
  return FIELDS.filter((field) => record[field] !== computed[field] && !filled.includes(field)).map(
    (field) => ({ field, stored: record[field], computed: computed[field] }),
  );
}

/** Fields that were `null` when the signal was made from the candles of its provenance. */
function filledIn(
  { provenance }: SignalRecord,
  computed: SignalStatement | null,
): readonly (typeof FIELDS)[number][] {
  const isQuickOnly = provenance.rules['quick'] !== undefined && provenance.rules['deep'] === undefined;
  return isQuickOnly ? FILLED_IN.filter((field) => computed?.[field] === null) : [];
}

function sayFilledIn(record: SignalRecord, computed: SignalStatement | null): string {
  const added = filledIn(record, computed).filter((field) => record[field] !== null);
  if (added.length === 0) return '';
  return `; not computed again: ${added.join(', ')}, which a later scan of the candle added`;
}

function explain(differences: readonly SignalDifference[]): string {
  if (differences.length === 0) return 'computed again from the same candles, it comes out equal';
  const has = (part: string) => differences.some(({ field }) => field.startsWith(part));
  const causes = [
    ...(has('rules.') ? ['the rules have changed since'] : []),
    ...(has('candles.') ? ['the candles are not the ones it was computed from'] : []),
  ];
  const fields = differences.map(({ field }) => field).filter((field) => !field.includes('.'));
  const outcome =
    fields.length === 0 ? 'it comes out equal all the same' : `${fields.join(', ')} come out otherwise`;
  if (causes.length > 0) return `${causes.join(' and ')}; ${outcome}`;
  return `from the same candles and rules ${outcome}: this is a bug worth reporting`;
}
