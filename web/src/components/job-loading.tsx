import type { ClientError } from '@fast-scanner/client';
import { capitalize } from '../format/capitalize.ts';
import { ErrorState } from './error-state.tsx';
import { LoadingState } from './loading-state.tsx';
import { OfflineNotice } from './offline-notice.tsx';
import { PageHeader } from './page-header.tsx';

interface JobLoadingProps {
  /** "market scan". */
  readonly what: string;
  readonly id: string;
  /** Why it has not come yet. */
  readonly error: ClientError | null;
  readonly onRetry: () => void;
}

/** In place of a job that is being read. */
export function JobLoading({ what, id, error, onRetry }: JobLoadingProps) {
  return (
    <>
      <PageHeader title={`${capitalize(what)} ${id.slice(0, 8)}`} />
      <OfflineNotice />
      {error && <ErrorState error={error} onRetry={onRetry} />}
      <LoadingState label={`Loading the ${what}`} rows={8} />
    </>
  );
}
