import type { JobStatus } from '@fast-scanner/client';
import { Ban, CircleCheck, CircleX, Clock, Play } from 'lucide-react';
import { type Look, LookBadge } from './look-badge.tsx';

const LOOKS: Readonly<Record<JobStatus, Look>> = {
  queued: { label: 'Queued', color: 'gray', icon: Clock },
  running: { label: 'Running', color: 'indigo', icon: Play },
  completed: { label: 'Completed', color: 'teal', icon: CircleCheck },
  failed: { label: 'Failed', color: 'red', icon: CircleX },
  cancelled: { label: 'Cancelled', color: 'orange', icon: Ban },
};

/** How a job stands, as word, icon and colour. */
export function JobStatusBadge({ status }: { readonly status: JobStatus }) {
  return <LookBadge {...LOOKS[status]} />;
}
