import { assertNever, type Confluence, type SignalDirection, type TimeframeVote } from '@fast-scanner/shared';

type Bias = Confluence['bias'];

/**
 * What the votes say together. The bias is bullish (bearish) when more than half of the ASKED timeframes say BUY (SELL), else
 * neutral. Agreeing are the timeframes that say the bias's own signal (HOLD for neutral); disagreeing those on another side:
 * against a bullish or bearish bias the opposite one (HOLD is neither), against a neutral one BUY and SELL.
 * Alignment = agreeing / asked. Because missing timeframes stay in the denominator of both, one that goes missing never
 * raises the alignment. No timeframes: neutral, 0.
 */
export function computeConfluence(votes: readonly TimeframeVote[]): Confluence {
  const bias = biasOf(votes);
  const named = (test: (vote: TimeframeVote) => boolean) =>
    votes.filter(test).map(({ timeframe }) => timeframe);
  const agreeing = named(({ signal }) => signal === signalOf(bias));
  return {
    bias,
    alignment: votes.length === 0 ? 0 : agreeing.length / votes.length,
    timeframes: [...votes],
    agreeing,
    disagreeing: named(({ signal }) => signal !== null && disagrees(signal, bias)),
    missing: named(({ signal }) => signal === null),
  };
}

function biasOf(votes: readonly TimeframeVote[]): Bias {
  const count = (signal: SignalDirection) => votes.filter((vote) => vote.signal === signal).length;
  if (count('BUY') > votes.length / 2) return 'bullish';
  return count('SELL') > votes.length / 2 ? 'bearish' : 'neutral';
}

function signalOf(bias: Bias): SignalDirection {
  switch (bias) {
    case 'bullish':
      return 'BUY';
    case 'bearish':
      return 'SELL';
    case 'neutral':
      return 'HOLD';
    default:
      return assertNever(bias);
  }
}

function disagrees(signal: SignalDirection, bias: Bias): boolean {
  return signal !== 'HOLD' && signal !== signalOf(bias);
}
