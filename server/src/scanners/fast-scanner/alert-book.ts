import { type Alert, type AlertRule, type AlertsQuery, type Clock, toIsoTime } from '@fast-scanner/shared';
import type { NewEvent, Store } from '../../store/store.ts';
import { AlertMemory, REMEMBERED_ALERTS } from './alert-memory.ts';
import { DEFAULT_ALERT_RULES } from './default-alert-rules.ts';
import { ALERTS_TOPIC_STREAM } from './fast-scanner-service.ts';
import { type JudgedAlert, judgeAlerts } from './judge-alerts.ts';
import type { ScanPair } from './scan-pairs.ts';
import { readStoredRules } from './stored-alert-rules.ts';

const RULES_KEY = 'fast-scanner.alert-rules';
const PAGE_SIZE = 500;

/** The alert rules, and which of them fired for what. Its memory is the topic's log: a restart repeats no alert. */
export class AlertBook {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #memory = new AlertMemory();
  #rules: readonly AlertRule[] = DEFAULT_ALERT_RULES;
  #opening: Promise<void> | null = null;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  get rules(): readonly AlertRule[] {
    return this.#rules;
  }

  /** Reads the rules and the newest alerts from the store. Idempotent; everything else wants it to have resolved. */
  open(): Promise<void> {
    this.#opening ??= this.#open().catch((error) => {
      this.#opening = null; // the next call tries again
      throw error;
    });
    return this.#opening;
  }

  async update(rules: readonly AlertRule[]): Promise<void> {
    await this.#store.commit({ putSettings: { [RULES_KEY]: rules } });
    this.#rules = rules;
  }

  /** What each rule makes of two scans. */
  judge(scans: ScanPair): JudgedAlert[] {
    return judgeAlerts(this.#rules, scans, this.#memory);
  }

  /** The alerts that two scans give, to be stored in the topic's log and then remembered. */
  evaluate(scans: ScanPair): NewEvent[] {
    const timestamp = toIsoTime(this.#clock.now());
    return this.judge(scans).flatMap(({ verdict, result }) => {
      if (verdict.outcome !== 'fires' || !result) return [];
      return [{ type: 'alert', payload: toPayload({ verdict, result }, scans, timestamp) }];
    });
  }

  /** Takes note of a stored alert. */
  remember(alert: Alert): void {
    this.#memory.remember(alert);
  }

  /** Newest first. */
  list(query: AlertsQuery): Alert[] {
    return this.#memory.list(query);
  }

  async #open(): Promise<void> {
    this.#rules = readStoredRules(await this.#store.getSetting(RULES_KEY)) ?? DEFAULT_ALERT_RULES;
    const { lastSeq } = await this.#store.readEvents(ALERTS_TOPIC_STREAM, 0, 1);
    for (let after = Math.max(0, lastSeq - REMEMBERED_ALERTS); after < lastSeq; after += PAGE_SIZE) {
      const { events } = await this.#store.readEvents(ALERTS_TOPIC_STREAM, after, PAGE_SIZE);
      for (const { payload, seq } of events) this.remember({ ...payload, seq } as Alert); // by its type
    }
  }
}

function toPayload(
  { verdict, result }: Pick<JudgedAlert, 'verdict'> & { readonly result: NonNullable<JudgedAlert['result']> },
  { scanId, previousScanId }: ScanPair,
  timestamp: string,
): Omit<Alert, 'seq'> {
  const { ruleId, change, from, to, delta, detail } = verdict;
  const { exchange, timeframe, candleCloseTime, symbol, price, dataSource } = result;
  return {
    ruleId,
    exchange,
    timeframe,
    scanId,
    previousScanId,
    candleCloseTime,
    timestamp,
    symbol,
    change,
    from,
    to,
    delta,
    detail,
    price,
    dataSource,
  };
}
