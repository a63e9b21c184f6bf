import { type ContinuousConfig, continuousConfigSchema, type TradingStyle } from '@fast-scanner/shared';
import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { addOnce, splitAssignment } from '../parse-options.ts';

type FieldName = Exclude<keyof ContinuousConfig, 'timeframes'> | `timeframes.${TradingStyle}`;

const MEANINGS: Readonly<Record<FieldName, string>> = {
  price_update_interval: 'seconds between two looks at the prices',
  signal_generation_interval: 'seconds between two looks for closed candles',
  market_state_interval: 'seconds between two readings of breadth and volatility',
  scan_interval: 'seconds between two scans of every symbol',
  'timeframes.scalp': 'candles of the style scalp',
  'timeframes.day_trade': 'candles of the style day_trade',
  'timeframes.swing': 'candles of the style swing',
  'timeframes.position': 'candles of the style position',
  momentum_bias: "momentum's weight in the score; the rest is reversion's",
  momentum_exhaustion_threshold: 'moves of one sign in a row that exhaust momentum',
  volume_exhaustion_multiplier: 'volume of 3 candles as a multiple of 10 that may exhaust it',
  excessive_gain_threshold: 'rise over 5 candles, as a ratio, that is excessive',
  volume_threshold_multiplier: 'multiple of the mean above which volume is high',
  cluster_trend_threshold: 'share of the clusters on one side that forms a trend',
  cluster_followthrough_threshold: 'share of the newest 3 candles that has to follow it',
};

/** Every field of the configuration that `--config` takes. */
export const CONFIG_FIELD_NAMES: readonly string[] = Object.keys(MEANINGS);

/** Adds `name=value` to the fields of the configuration read so far. */
export function addConfigField(
  text: string,
  sofar: Readonly<Record<string, string | number>> = {},
): Record<string, string | number> {
  const [name, value] = splitAssignment(text, 'momentum_bias=0.5');
  if (!CONFIG_FIELD_NAMES.includes(name)) {
    const known = CONFIG_FIELD_NAMES.join(', ');
    throw new InvalidArgumentError(`The configuration has no field ${name}; it has: ${known}.`);
  }
  return addOnce(sofar, name, name.startsWith('timeframes.') ? value.trim() : toNumber(value, name));
}

/** The fields as the configuration nests them. */
export function nestConfig(fields: Readonly<Record<string, string | number>>): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  const timeframes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const [group, style] = name.split('.');
    if (style === undefined) config[name] = value;
    else timeframes[style] = value;
    if (group === 'timeframes') config[group] = timeframes;
  }
  return config;
}

/** Every field with its meaning, bounds and default. */
export function configHelp(): string {
  const { properties = {} } = z.toJSONSchema(continuousConfigSchema, { io: 'input' });
  const lines = Object.entries(MEANINGS).map(([name, meaning]) => {
    const [group = '', style] = name.split('.');
    const shape = properties[group];
    const field = typeof shape === 'object' && style !== undefined ? shape.properties?.[style] : shape;
    return `  ${name.padEnd(33)}${meaning}${typeof field === 'object' ? ` [${describe(field)}]` : ''}\n`;
  });
  return `\nFields of --config [bounds, default]:\n${lines.join('')}`;
}

function describe({ minimum, maximum, default: preset }: z.core.JSONSchema.BaseSchema): string {
  const bounds = minimum === undefined || maximum === undefined ? [] : [`${minimum} to ${maximum}`];
  return [...bounds, String(preset)].join(', ');
}

function toNumber(text: string, name: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(number)) return number;
  throw new InvalidArgumentError(`"${text}" is no number, which ${name} must be.`);
}
