import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { computeBollinger } from '@fast-scanner/server/analysis/indicators/bollinger.ts';
import { computeSma } from '@fast-scanner/server/analysis/indicators/sma.ts';
import type { CandleColumns } from '@fast-scanner/shared';
import * as indicatorts from 'indicatorts';

/** The strategies every contender runs: Bollinger bands 20/2 and an SMA cross 10/30, long only. */
export type PeerStrategy = 'bollinger' | 'sma';

/** Runs a strategy over one series that was put into the peer's own form before the clock started. */
export type PeerRun = () => unknown;

/** Prepares one series for one peer and strategy. */
export type Peer = (candles: CandleColumns, strategy: PeerStrategy) => PeerRun;

/** indicatorts: computes the indicators and the gain after each candle; fills at the close, without costs, trades or cash. */
export const indicatortsPeer: Peer = (candles, strategy) => {
  const asset: indicatorts.Asset = {
    dates: [...candles.openTime].map((time) => new Date(time)),
    openings: [...candles.open],
    highs: [...candles.high],
    lows: [...candles.low],
    closings: [...candles.close],
    volumes: [...candles.volume],
  };
  const infos =
    strategy === 'sma'
      ? [{ name: 'SMA cross', strategy: actOnSmaCross }]
      : [{ name: 'Bollinger bands', strategy: indicatorts.bollingerBandsStrategy }];
  return () => indicatorts.backtest(asset, infos);
};

function actOnSmaCross({ closings }: indicatorts.Asset): indicatorts.Action[] {
  const fast = indicatorts.sma(closings, { period: 10 });
  const slow = indicatorts.sma(closings, { period: 30 });
  return fast.map((value, index) => {
    const distance = value - (slow[index] ?? Number.NaN);
    if (distance > 0) return indicatorts.Action.BUY;
    return distance < 0 ? indicatorts.Action.SELL : indicatorts.Action.HOLD;
  });
}

interface GrademarkBar {
  readonly [field: string]: number | Date;
}

type Rule = (act: () => void, args: { readonly bar: GrademarkBar }) => void;

interface Grademark {
  backtest(strategy: { readonly entryRule: Rule; readonly exitRule: Rule }, frame: unknown): unknown;
}

/**
 * grademark, from a folder it was installed in (`npm install grademark data-forge chai`): it is too large, and too old, to be a
 * dependency. Fills at the next open and makes an object per trade; no costs, no cash, no equity. Its indicators are computed
 * before the clock starts.
 */
export function loadGrademark(folder: string): Peer {
  const require = createRequire(resolve(folder, 'package.json'));
  const { backtest }: Grademark = require('grademark');
  const { DataFrame }: { DataFrame: new (rows: readonly GrademarkBar[]) => unknown } = require('data-forge');
  return (candles, strategy) => {
    const frame = new DataFrame(toBars(candles, levelsOf(candles, strategy)));
    const entryRule: Rule = (enter, { bar }) => {
      if (Number(bar['close']) < Number(bar['buyBelow'])) enter();
    };
    const exitRule: Rule = (exit, { bar }) => {
      if (Number(bar['close']) > Number(bar['sellAbove'])) exit();
    };
    return () => backtest({ entryRule, exitRule }, frame);
  };
}

interface Levels {
  readonly buyBelow: Float64Array;
  readonly sellAbove: Float64Array;
}

/** Both strategies as closes below and above a level, the only form that costs grademark nothing extra. */
function levelsOf({ close }: CandleColumns, strategy: PeerStrategy): Levels {
  if (strategy === 'bollinger') {
    const { lower, upper } = computeBollinger(close);
    return { buyBelow: lower, sellAbove: upper };
  }
  const fast = computeSma(close, 10);
  const slow = computeSma(close, 30);
  const isAbove = (index: number) => (fast[index] ?? Number.NaN) > (slow[index] ?? Number.NaN);
  return {
    buyBelow: close.map((_, index) => (isAbove(index) ? Number.POSITIVE_INFINITY : 0)),
    sellAbove: close.map((_, index) => (isAbove(index) ? Number.POSITIVE_INFINITY : 0)),
  };
}

function toBars(candles: CandleColumns, { buyBelow, sellAbove }: Levels): GrademarkBar[] {
  return Array.from(candles.close, (close, index) => ({
    time: new Date(candles.openTime[index] ?? Number.NaN),
    open: candles.open[index] ?? Number.NaN,
    high: candles.high[index] ?? Number.NaN,
    low: candles.low[index] ?? Number.NaN,
    close,
    volume: candles.volume[index] ?? Number.NaN,
    buyBelow: buyBelow[index] ?? Number.NaN,
    sellAbove: sellAbove[index] ?? Number.NaN,
  }));
}
