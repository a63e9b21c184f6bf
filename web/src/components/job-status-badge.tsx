import type { JobStatus } from '@fast-scanner/client';
import { Badge } from '@mantine/core';
import { Ban, CircleCheck, CircleX, Clock, type LucideIcon, Play } from 'lucide-react';

interface Look {
  readonly label: string;
  readonly color: string;
  readonly icon: LucideIcon;
}

const LOOKS: Readonly<Record<JobStatus, Look>> = {
  queued: { label: 'Queued', color: 'gray', icon: Clock },
  running: { label: 'Running', color: 'indigo', icon: Play },
  completed: { label: 'Completed', color: 'teal', icon: CircleCheck },
  failed: { label: 'Failed', color: 'red', icon: CircleX },
  cancelled: { label: 'Cancelled', color: 'orange', icon: Ban },
};

/** How a job stands, as word, icon and colour. */
export function JobStatusBadge({ status }: { readonly status: JobStatus }) {
  const { label, color, icon: Icon } = LOOKS[status];
  return (
    <Badge
      color={color}
      variant="light"
      autoContrast
      tt="none"
      style={{ flexShrink: 0 }}
      leftSection={<Icon size={12} aria-hidden />}
    >
      {label}
    </Badge>
  );
}
