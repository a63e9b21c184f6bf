import {
  type Alert,
  type AlertRule,
  type AlertsQuery,
  type ScanResult,
  timeframeMs,
} from '@fast-scanner/shared';

/** Newest alerts that are remembered: for the list, and to keep each from firing twice. */
export const REMEMBERED_ALERTS = 10_000;

/** Why a rule stays quiet for a symbol. */
export interface QuietReason {
  readonly outcome: 'already_fired' | 'cooldown';
  readonly detail: string;
}

/** The alerts that fired: what may not fire again, and when it may. */
export class AlertMemory {
  readonly #alerts: Alert[] = [];
  /** Close of the newest candle (epoch ms) for which a rule fired, by rule, exchange, symbol and timeframe. */
  readonly #firedAt = new Map<string, number>();

  /** Takes note of a stored alert. */
  remember(alert: Alert): void {
    this.#alerts.push(alert);
    if (this.#alerts.length > REMEMBERED_ALERTS) this.#alerts.shift();
    this.#firedAt.set(keyOf(alert.ruleId, alert), Date.parse(alert.candleCloseTime));
  }

  /** Newest first. */
  list({ limit, symbol, exchange, timeframe }: AlertsQuery): Alert[] {
    const wanted = this.#alerts.filter(
      (alert) =>
        (symbol === undefined || alert.symbol === symbol) &&
        (exchange === undefined || alert.exchange === exchange) &&
        (timeframe === undefined || alert.timeframe === timeframe),
    );
    return wanted.slice(-limit).reverse();
  }

  /** Why the rule may not fire for this candle; `null` when it may. */
  quietReason({ id, cooldownCandles }: AlertRule, result: ScanResult): QuietReason | null {
    const firedAt = this.#firedAt.get(keyOf(id, result));
    if (firedAt === undefined) return null;
    const sinceMs = Date.parse(result.candleCloseTime) - firedAt;
    const when = `for the candle that closed at ${new Date(firedAt).toISOString()}`;
    if (sinceMs <= 0) return { outcome: 'already_fired', detail: `fired already, ${when}` };
    if (sinceMs >= cooldownCandles * timeframeMs(result.timeframe)) return null;
    return { outcome: 'cooldown', detail: `fired ${when}, and then rests for ${cooldownCandles} candles` };
  }
}

function keyOf(
  ruleId: string,
  { exchange, symbol, timeframe }: Pick<Alert, 'exchange' | 'symbol' | 'timeframe'>,
): string {
  return `${ruleId} ${exchange} ${symbol} ${timeframe}`;
}
