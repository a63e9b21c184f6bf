import { Stack } from '@mantine/core';
import { OfflineNotice } from '../../components/offline-notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ArmForm } from './arm-form.tsx';
import { RunHistory } from './run-history.tsx';

/** Where a run begins, and the ones that were. */
export function RunsOverview() {
  return (
    <>
      <PageHeader
        title="Arm scanner"
        description="Runs in the background: you may close this page and come back."
      />
      <OfflineNotice />
      <Stack>
        <ArmForm />
        <RunHistory />
      </Stack>
    </>
  );
}
