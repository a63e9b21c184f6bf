import { ScannerError } from '@fast-scanner/shared';
import { bollingerBands } from './strategies/bollinger-bands.ts';
import { buyAndHold } from './strategies/buy-and-hold.ts';
import { donchianBreakout } from './strategies/donchian-breakout.ts';
import { emaCross } from './strategies/ema-cross.ts';
import { macdCross } from './strategies/macd-cross.ts';
import { momentumRotation } from './strategies/momentum-rotation.ts';
import { rsiMeanReversion } from './strategies/rsi-mean-reversion.ts';
import { smaCross } from './strategies/sma-cross.ts';
import type { Strategy } from './strategy.ts';

/** Every strategy of the product, in the order lists show them. */
export const STRATEGIES: readonly Strategy[] = [
  bollingerBands,
  smaCross,
  emaCross,
  rsiMeanReversion,
  macdCross,
  donchianBreakout,
  momentumRotation,
  buyAndHold,
];

/**
 * The strategy of this id.
 * @throws ScannerError `not_found` that lists the ids there are
 */
export function findStrategy(id: string): Strategy {
  const strategy = STRATEGIES.find((candidate) => candidate.id === id);
  if (strategy) return strategy;
  const known = STRATEGIES.map((candidate) => candidate.id).join(', ');
  throw new ScannerError('not_found', `there is no strategy "${id.slice(0, 100)}"; there are: ${known}`);
}
