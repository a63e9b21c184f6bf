import {
  type Alert,
  type AlertRule,
  type AlertsQuery,
  type Clock,
  type ScanResult,
  type SignalChange,
  timeframeMs,
  toIsoTime,
} from '@fast-scanner/shared';
import type { NewEvent, Store } from '../../store/store.ts';
import { DEFAULT_ALERT_RULES } from './default-alert-rules.ts';
import { ALERTS_TOPIC_STREAM } from './fast-scanner-service.ts';

const RULES_KEY = 'fast-scanner.alert-rules';
/** Newest alerts that are remembered: for the list, and to keep each from firing twice. */
const REMEMBERED = 10_000;
const PAGE_SIZE = 500;

/** Two scans that asked the same question, and what changed from one to the other. */
export interface ComparedScans {
  readonly previousScanId: string;
  readonly scanId: string;
  readonly changes: readonly SignalChange[];
  /** Results of the later scan. */
  readonly results: readonly ScanResult[];
}

/** The alert rules, and which of them fired for what. Its memory is the topic's log: a restart repeats no alert. */
export class AlertBook {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #alerts: Alert[] = [];
  /** Close of the newest candle (epoch ms) for which a rule fired, by rule, exchange, symbol and timeframe. */
  readonly #firedAt = new Map<string, number>();
  #rules: readonly AlertRule[] = DEFAULT_ALERT_RULES;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  get rules(): readonly AlertRule[] {
    return this.#rules;
  }

  /** Reads the rules and the newest alerts from the store. */
  async open(): Promise<void> {
    const stored = (await this.#store.getSetting(RULES_KEY)) as readonly AlertRule[] | null; // written by `update` alone
    this.#rules = stored ?? DEFAULT_ALERT_RULES;
    const { lastSeq } = await this.#store.readEvents(ALERTS_TOPIC_STREAM, 0, 1);
    for (let after = Math.max(0, lastSeq - REMEMBERED); after < lastSeq; after += PAGE_SIZE) {
      const { events } = await this.#store.readEvents(ALERTS_TOPIC_STREAM, after, PAGE_SIZE);
      for (const { payload, seq } of events) this.remember({ ...payload, seq } as Alert); // by its type
    }
  }

  async update(rules: readonly AlertRule[]): Promise<void> {
    await this.#store.commit({ putSettings: { [RULES_KEY]: rules } });
    this.#rules = rules;
  }

  /** The alerts that two scans give, to be stored in the topic's log and then remembered. */
  evaluate(scans: ComparedScans): NewEvent[] {
    const bySymbol = new Map(scans.results.map((result) => [result.symbol, result]));
    return scans.changes.flatMap((change) => {
      const result = bySymbol.get(change.symbol);
      if (!result) return [];
      const firing = this.#rules.filter((rule) => matches(rule, change) && !this.#isQuiet(rule, result));
      return firing.map((rule) => ({
        type: 'alert',
        payload: this.#toPayload(rule, change, { scans, result }),
      }));
    });
  }

  /** Takes note of a stored alert. */
  remember(alert: Alert): void {
    this.#alerts.push(alert);
    if (this.#alerts.length > REMEMBERED) this.#alerts.shift();
    this.#firedAt.set(keyOf(alert.ruleId, alert), Date.parse(alert.candleCloseTime));
  }

  /** Newest first. */
  list({ limit, symbol }: AlertsQuery): Alert[] {
    const wanted = this.#alerts.filter((alert) => symbol === undefined || alert.symbol === symbol);
    return wanted.slice(-limit).reverse();
  }

  /** Whether the rule has fired for this candle or its cooldown is not over. */
  #isQuiet(rule: AlertRule, result: ScanResult): boolean {
    const firedAt = this.#firedAt.get(keyOf(rule.id, result));
    if (firedAt === undefined) return false;
    const sinceMs = Date.parse(result.candleCloseTime) - firedAt;
    return sinceMs <= 0 || sinceMs < rule.cooldownCandles * timeframeMs(result.timeframe);
  }

  #toPayload(
    rule: AlertRule,
    change: SignalChange,
    { scans, result }: { readonly scans: ComparedScans; readonly result: ScanResult },
  ): Omit<Alert, 'seq'> {
    return {
      ruleId: rule.id,
      exchange: result.exchange,
      timeframe: result.timeframe,
      scanId: scans.scanId,
      previousScanId: scans.previousScanId,
      candleCloseTime: result.candleCloseTime,
      timestamp: toIsoTime(this.#clock.now()),
      ...change,
    };
  }
}

function matches({ enabled, change: watched, threshold, symbols }: AlertRule, change: SignalChange): boolean {
  if (!enabled || change.change !== watched) return false;
  if (symbols && !symbols.includes(change.symbol)) return false;
  return threshold === null || change.delta === null || Math.abs(change.delta) >= threshold;
}

function keyOf(
  ruleId: string,
  { exchange, symbol, timeframe }: Pick<Alert, 'exchange' | 'symbol' | 'timeframe'>,
): string {
  return `${ruleId} ${exchange} ${symbol} ${timeframe}`;
}
