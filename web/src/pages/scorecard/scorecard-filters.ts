import {
  type ScorecardDimension,
  type ScorecardQuery,
  SIGNAL_ORIGINS,
  type SignalOrigin,
  TIMEFRAMES,
  type Timeframe,
} from '@fast-scanner/client';
import { choiceField, textField } from '../../hooks/use-search-state.ts';

/** Who made the signals. */
export const ORIGIN_LABELS: Readonly<Record<SignalOrigin, string>> = {
  scan: 'Scans',
  run: 'Armed runs',
  continuous: 'Continuous scanner',
  replay: 'Replays of recorded history',
};

/** Which signals the scorecard is of. Empty text: any. */
export interface ScorecardFilters {
  readonly origin: SignalOrigin | null;
  readonly exchange: string;
  readonly symbol: string;
  readonly timeframe: Timeframe | null;
  readonly mode: string;
  readonly regime: string;
  readonly type: string;
  /** Days, `2024-02-01`: from the beginning of the first … */
  readonly from: string;
  /** … to the beginning of the second. */
  readonly to: string;
}

export const SCORECARD_FIELDS = {
  origin: choiceField(SIGNAL_ORIGINS),
  exchange: textField(),
  symbol: textField(),
  timeframe: choiceField(TIMEFRAMES),
  mode: textField(),
  regime: textField(),
  type: textField(),
  from: textField(),
  to: textField(),
};

export const NO_FILTERS: ScorecardFilters = {
  origin: null,
  exchange: '',
  symbol: '',
  timeframe: null,
  mode: '',
  regime: '',
  type: '',
  from: '',
  to: '',
};

/** The request; what is not filtered by is left out. */
export function toScorecardQuery(filters: ScorecardFilters): ScorecardQuery {
  const { type: signal_type, ...others } = filters;
  const entries = Object.entries({ ...others, signal_type });
  return Object.fromEntries(entries.filter(([, value]) => value !== null && value !== '')); // each under its name
}

/** The days of a calendar month: `2024-02` is from its first to the first of the next. */
export function monthRange(month: string): Pick<ScorecardFilters, 'from' | 'to'> {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const next = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
  return { from: `${month}-01`, to: next };
}

/** What looks at the signals of a group alone. */
export function filterOfGroup(by: ScorecardDimension, key: string): Partial<ScorecardFilters> {
  switch (by) {
    case 'period':
      return monthRange(key);
    case 'origin':
      return { origin: SIGNAL_ORIGINS.find((origin) => origin === key) ?? null };
    case 'timeframe':
      return { timeframe: TIMEFRAMES.find((timeframe) => timeframe === key) ?? null };
    default:
      return { [by]: key };
  }
}
