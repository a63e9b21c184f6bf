import type { Factor } from '@fast-scanner/client';
import { directionColor, directionOfNumber } from '../format/direction.ts';
import { formatNumber, formatShare, formatSigned } from '../format/format-number.ts';
import { toTitle } from '../format/to-title.ts';
import classes from './factor-bars.module.css';

interface FactorBarsProps {
  readonly factors: readonly Factor[];
  /** `signed`: values −1 to 1, bars from the middle. `points`: contributions to a score of 0–100, bars from the left. */
  readonly scale: 'signed' | 'points';
}

/** Why a score is what it is: each factor's share as a bar, with its reading and its reason in words. */
export function FactorBars({ factors, scale }: FactorBarsProps) {
  return (
    <ul className={classes['list']}>
      {factors.map((factor) => (
        <li key={factor.name} className={classes['factor']}>
          <span className={classes['head']}>
            <span className={classes['name']}>{toTitle(factor.name)}</span>
            <span className={classes['weight']}>weight {formatShare(factor.weight)}</span>
            <span>
              {scale === 'signed'
                ? formatSigned(factor.value)
                : `${formatNumber(factor.contribution, 1)} points`}
            </span>
          </span>
          {scale === 'signed' ? <SignedBar value={factor.value} /> : <PointsBar factor={factor} />}
          <span className={classes['rationale']}>{factor.rationale}</span>
        </li>
      ))}
    </ul>
  );
}

function SignedBar({ value }: { readonly value: number }) {
  const left = value < 0 ? 50 + value * 50 : 50;
  const color = directionColor(directionOfNumber(value));
  return (
    <span className={classes['track']} aria-hidden>
      <span
        className={classes['fill']}
        style={{ left: `${left}%`, width: `${Math.abs(value) * 50}%`, background: color }}
      />
      <span className={classes['middle']} />
    </span>
  );
}

/** Full when the factor gives all the points that its weight allows. */
function PointsBar({ factor: { contribution, weight } }: { readonly factor: Factor }) {
  const share = weight === 0 ? 0 : Math.min(100, Math.max(0, contribution / weight));
  return (
    <span className={classes['track']} aria-hidden>
      <span
        className={classes['fill']}
        style={{ left: 0, width: `${share}%`, background: 'var(--mantine-primary-color-filled)' }}
      />
    </span>
  );
}
