import { useCountdown } from '../hooks/use-countdown.ts';
import { describeError } from './describe-error.ts';
import { ErrorState } from './error-state.tsx';

interface StartErrorProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Why a job was not started. What is wrong in the form has to be changed first; else it may be tried again. When the server named a time to wait, the button counts it down. */
export function StartError({ error, onRetry }: StartErrorProps) {
  const { code, retryAfterMs } = describeError(error);
  const secondsLeft = useCountdown(retryAfterMs, error);
  if (code === 'invalid_input') return <ErrorState error={error} />;
  const retryLabel = secondsLeft > 0 ? `Try again (better in ${secondsLeft} s)` : 'Try again';
  return <ErrorState error={error} onRetry={onRetry} retryLabel={retryLabel} />;
}
