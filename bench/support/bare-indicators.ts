/*
 * The plainest loops that compute what our indicators compute: textbook formulas, running sums, no care for drift, flat series or
 * refused periods. They are the yardstick of `indicators.bench.ts`, not code to use.
 */
import type { CandleColumns } from '@fast-scanner/shared';

const NONE = Number.NaN;

function emptyColumn(length: number): Float64Array {
  return new Float64Array(length).fill(NONE);
}

export function bareSma(values: Float64Array, period: number) {
  const out = emptyColumn(values.length);
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) {
    sum += values[i] ?? NONE;
    if (i >= period) sum -= values[i - period] ?? NONE;
    if (i >= period - 1) out[i] = sum / period;
  }
  return out;
}

export function bareEma(values: Float64Array, period: number) {
  const out = emptyColumn(values.length);
  const weight = 2 / (period + 1);
  let ema = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NONE;
    if (i < period) ema += value / period;
    else ema = value * weight + ema * (1 - weight);
    if (i >= period - 1) out[i] = ema;
  }
  return out;
}

export function bareRsi(close: Float64Array, period: number) {
  const out = emptyColumn(close.length);
  let gain = 0;
  let loss = 0;
  for (let i = 1; i < close.length; i += 1) {
    const change = (close[i] ?? NONE) - (close[i - 1] ?? NONE);
    const up = Math.max(change, 0);
    const down = Math.max(-change, 0);
    if (i <= period) {
      gain += up / period;
      loss += down / period;
    } else {
      gain = (gain * (period - 1) + up) / period;
      loss = (loss * (period - 1) + down) / period;
    }
    if (i >= period) out[i] = 100 - 100 / (1 + gain / loss);
  }
  return out;
}

export function bareMacd(close: Float64Array, [fast, slow, smooth]: readonly [number, number, number]) {
  const line = emptyColumn(close.length);
  const signal = emptyColumn(close.length);
  const histogram = emptyColumn(close.length);
  const [fastWeight, slowWeight, signalWeight] = [2 / (fast + 1), 2 / (slow + 1), 2 / (smooth + 1)];
  let [fastEma, slowEma, signalEma] = [0, 0, 0];
  for (let i = 0; i < close.length; i += 1) {
    const value = close[i] ?? NONE;
    fastEma = i < fast ? fastEma + value / fast : value * fastWeight + fastEma * (1 - fastWeight);
    slowEma = i < slow ? slowEma + value / slow : value * slowWeight + slowEma * (1 - slowWeight);
    if (i < slow - 1) continue;
    const distance = fastEma - slowEma;
    line[i] = distance;
    if (i < slow + smooth - 1) signalEma += distance / smooth;
    else signalEma = distance * signalWeight + signalEma * (1 - signalWeight);
    if (i < slow + smooth - 2) continue;
    signal[i] = signalEma;
    histogram[i] = distance - signalEma;
  }
  return { line, signal, histogram };
}

export function bareAtr({ high, low, close }: CandleColumns, period: number) {
  const out = emptyColumn(close.length);
  let atr = 0;
  for (let i = 1; i < close.length; i += 1) {
    const top = high[i] ?? NONE;
    const bottom = low[i] ?? NONE;
    const before = close[i - 1] ?? NONE;
    const range = Math.max(top - bottom, Math.abs(top - before), Math.abs(bottom - before));
    atr = i <= period ? atr + range / period : (atr * (period - 1) + range) / period;
    if (i >= period) out[i] = atr;
  }
  return out;
}

export function bareAdx({ high, low, close }: CandleColumns, period: number) {
  const adx = emptyColumn(close.length);
  const plusDi = emptyColumn(close.length);
  const minusDi = emptyColumn(close.length);
  let [ranges, plus, minus, average] = [0, 0, 0, 0];
  for (let i = 1; i < close.length; i += 1) {
    const top = high[i] ?? NONE;
    const bottom = low[i] ?? NONE;
    const before = close[i - 1] ?? NONE;
    const rise = top - (high[i - 1] ?? NONE);
    const fall = (low[i - 1] ?? NONE) - bottom;
    const keep = i <= period ? 1 : 1 - 1 / period;
    ranges = ranges * keep + Math.max(top - bottom, Math.abs(top - before), Math.abs(bottom - before));
    plus = plus * keep + (rise > fall && rise > 0 ? rise : 0);
    minus = minus * keep + (fall > rise && fall > 0 ? fall : 0);
    if (i < period) continue;
    const plusShare = (100 * plus) / ranges;
    const minusShare = (100 * minus) / ranges;
    plusDi[i] = plusShare;
    minusDi[i] = minusShare;
    const dx = (100 * Math.abs(plusShare - minusShare)) / (plusShare + minusShare);
    average = i < 2 * period ? average + dx / period : (average * (period - 1) + dx) / period;
    if (i >= 2 * period - 1) adx[i] = average;
  }
  return { adx, plusDi, minusDi };
}

export function bareBollinger(close: Float64Array, period: number, deviations: number) {
  const middle = emptyColumn(close.length);
  const upper = emptyColumn(close.length);
  const lower = emptyColumn(close.length);
  const percentB = emptyColumn(close.length);
  const bandwidth = emptyColumn(close.length);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < close.length; i += 1) {
    const value = close[i] ?? NONE;
    sum += value;
    squares += value * value;
    if (i >= period) {
      const gone = close[i - period] ?? NONE;
      sum -= gone;
      squares -= gone * gone;
    }
    if (i < period - 1) continue;
    const mean = sum / period;
    const distance = deviations * Math.sqrt(squares / period - mean * mean);
    middle[i] = mean;
    upper[i] = mean + distance;
    lower[i] = mean - distance;
    percentB[i] = (value - mean + distance) / (2 * distance);
    bandwidth[i] = (2 * distance) / mean;
  }
  return { middle, upper, lower, percentB, bandwidth };
}

export function bareStochastic(
  { high, low, close }: CandleColumns,
  [k, smooth, d]: readonly [number, number, number],
) {
  const raw = emptyColumn(close.length);
  for (let i = k - 1; i < close.length; i += 1) {
    let highest = high[i] ?? NONE;
    let lowest = low[i] ?? NONE;
    for (let j = i - k + 1; j < i; j += 1) {
      const top = high[j] ?? NONE;
      const bottom = low[j] ?? NONE;
      if (top > highest) highest = top;
      if (bottom < lowest) lowest = bottom;
    }
    raw[i] = (100 * ((close[i] ?? NONE) - lowest)) / (highest - lowest);
  }
  const percentK = bareSma(raw.subarray(k - 1), smooth);
  return { k: percentK, d: bareSma(percentK.subarray(smooth - 1), d) };
}

export function bareObv({ close, volume }: CandleColumns) {
  const out = new Float64Array(close.length);
  let balance = 0;
  for (let i = 1; i < close.length; i += 1) {
    const change = (close[i] ?? NONE) - (close[i - 1] ?? NONE);
    if (change > 0) balance += volume[i] ?? NONE;
    else if (change < 0) balance -= volume[i] ?? NONE;
    out[i] = balance;
  }
  return out;
}

export function bareVwap({ openTime, high, low, close, volume }: CandleColumns) {
  const out = new Float64Array(close.length);
  let [day, turnover, traded] = [-1, 0, 0];
  for (let i = 0; i < close.length; i += 1) {
    const today = Math.floor((openTime[i] ?? NONE) / 86_400_000);
    if (today !== day) [day, turnover, traded] = [today, 0, 0];
    const amount = volume[i] ?? NONE;
    turnover += (amount * ((high[i] ?? NONE) + (low[i] ?? NONE) + (close[i] ?? NONE))) / 3;
    traded += amount;
    out[i] = turnover / traded;
  }
  return out;
}
