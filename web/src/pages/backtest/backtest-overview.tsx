import { Stack } from '@mantine/core';
import { OfflineNotice } from '../../components/offline-notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { JobHistory } from './job-history.tsx';
import { TestForm } from './test-form.tsx';

/** Where a market scan begins, and the ones that were. */
export function BacktestOverview() {
  return (
    <>
      <PageHeader
        title="Market scan"
        description="Backtests in the background: you may close this page and come back."
      />
      <OfflineNotice />
      <Stack>
        <TestForm />
        <JobHistory />
      </Stack>
    </>
  );
}
