import { styleText } from 'node:util';
import type { CliContext } from './cli-context.ts';

export type Tone = 'good' | 'bad' | 'quiet' | 'plain';

/** Gives a text its tone, on a terminal that may show colours. */
export type Paint = (tone: Tone, text: string) => string;

const STYLES = { good: 'green', bad: 'red', quiet: 'gray' } as const;

/** @see https://no-color.org */
export function createPaint({ env, stdout }: CliContext): Paint {
  if (!stdout.isTTY || env['NO_COLOR']) return (_, text) => text;
  return (tone, text) => (tone === 'plain' ? text : styleText(STYLES[tone], text, { validateStream: false }));
}
