import {
  type Clock,
  type Dispose,
  type Schedule,
  type ScheduleResponse,
  toIsoTime,
} from '@fast-scanner/shared';
import type { Store } from '../../store/store.ts';

const MINUTE_MS = 60_000;
/** How often the wall clock is looked at: it may jump, so no timer is set for hours ahead. */
const TICK_MS = 1000;
/** More than any slot can lie ahead after an honest correction of the clock. */
const FAR_AHEAD_MS = 24 * 60 * MINUTE_MS;
const SCHEDULE_KEY = 'fast-scanner.schedule';
const SLOT_KEY = 'fast-scanner.schedule.last-slot';

type Slot = NonNullable<ScheduleResponse['lastSlot']>;

export interface ScanScheduleOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Used until somebody changes it; then the stored one. */
  readonly defaults: Schedule;
  /** Starts the scan of a slot; answers its id once it is durable. */
  readonly startScan: (schedule: Schedule, slot: string) => Promise<string>;
  /** Whether the scan of an earlier slot still goes on. */
  readonly isBusy: () => boolean;
  readonly onBug: (error: unknown) => void;
}

/**
 * Periodic scans in slots aligned to the UTC clock. A slot runs at most once, also across restarts and clock jumps; slots
 * missed while the process was down are made up for by one scan; a slot whose predecessor still runs is skipped and recorded.
 */
export class ScanSchedule {
  readonly #options: ScanScheduleOptions;
  #schedule: Schedule;
  #lastSlot: Slot | null = null;
  #dispose: Dispose | null = null;
  #ticking: Promise<void> = Promise.resolve();

  constructor(options: ScanScheduleOptions) {
    this.#options = options;
    this.#schedule = options.defaults;
  }

  async start(): Promise<void> {
    const { store } = this.#options;
    // Only this class writes these two keys.
    this.#schedule = ((await store.getSetting(SCHEDULE_KEY)) as Schedule | null) ?? this.#schedule;
    this.#lastSlot = ((await store.getSetting(SLOT_KEY)) as Slot | null) ?? null;
    this.#arm();
  }

  /** Stops the timer and waits for a tick that is at work. */
  async stop(): Promise<void> {
    this.#dispose?.();
    this.#dispose = null;
    await this.#ticking;
  }

  get enabled(): boolean {
    return this.#schedule.enabled;
  }

  /** When the next slot is due, ISO; `null` when switched off. */
  get nextScanAt(): string | null {
    if (!this.#schedule.enabled) return null;
    const now = this.#options.clock.now();
    const current = this.#slotAt(now);
    if (this.#isNew(current)) return toIsoTime(now);
    return toIsoTime(this.#slotAt(Math.max(current, this.#lastSlotTime)) + this.#intervalMs);
  }

  describe(): ScheduleResponse {
    return { success: true, schedule: this.#schedule, nextScanAt: this.nextScanAt, lastSlot: this.#lastSlot };
  }

  async update(schedule: Schedule): Promise<ScheduleResponse> {
    await this.#options.store.commit({ putSettings: { [SCHEDULE_KEY]: schedule } });
    this.#schedule = schedule;
    return this.describe();
  }

  get #intervalMs(): number {
    return this.#schedule.intervalMinutes * MINUTE_MS;
  }

  #slotAt(timeMs: number): number {
    return Math.floor(timeMs / this.#intervalMs) * this.#intervalMs;
  }

  /** When the last slot was due; a slot that lies far ahead was recorded by a clock that was wrong and does not count. */
  get #lastSlotTime(): number {
    const last = this.#lastSlot === null ? Number.NEGATIVE_INFINITY : Date.parse(this.#lastSlot.slot);
    return last > this.#options.clock.now() + FAR_AHEAD_MS ? Number.NEGATIVE_INFINITY : last;
  }

  #isNew(slot: number): boolean {
    return slot > this.#lastSlotTime;
  }

  #arm(): void {
    this.#dispose = this.#options.clock.schedule(TICK_MS, () => {
      this.#ticking = this.#tick()
        .catch(this.#options.onBug)
        .then(() => {
          if (this.#dispose) this.#arm();
        });
    });
  }

  async #tick(): Promise<void> {
    const slot = this.#slotAt(this.#options.clock.now());
    if (!this.#schedule.enabled || !this.#isNew(slot)) return;
    const last = this.#lastSlotTime;
    const missed = Number.isFinite(last) && slot - last > this.#intervalMs;
    const outcome = await this.#run(toIsoTime(slot), missed ? 'caught_up' : 'started');
    this.#lastSlot = outcome; // first: a store that cannot take it must not repeat the slot
    await this.#options.store.commit({ putSettings: { [SLOT_KEY]: outcome } });
  }

  async #run(slot: string, outcome: 'started' | 'caught_up'): Promise<Slot> {
    if (this.#options.isBusy()) {
      return { slot, outcome: 'skipped', scanId: null, detail: 'the scan of an earlier slot still runs' };
    }
    try {
      return { slot, outcome, scanId: await this.#options.startScan(this.#schedule, slot), detail: null };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { slot, outcome: 'failed', scanId: null, detail };
    }
  }
}
