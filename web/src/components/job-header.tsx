import type { DataSource, JobStatus } from '@fast-scanner/client';
import { Button } from '@mantine/core';
import { ArrowLeft, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { DataSourceBadge } from './data-source-badge.tsx';
import { JobStatusBadge } from './job-status-badge.tsx';
import { PageHeader } from './page-header.tsx';
import { TimeText } from './time-text.tsx';

interface JobLink {
  readonly label: string;
  readonly href: string;
}

interface JobHeaderProps {
  readonly title: string;
  readonly id: string;
  readonly status: JobStatus;
  /** `null` until it is known. */
  readonly dataSource: DataSource | null;
  /** ISO time; `null` before it has begun. */
  readonly startTime: string | null;
  /** To the others of its kind. */
  readonly all: JobLink;
  /** To the form, filled in as it was for this one; `null` until that is known. */
  readonly again: JobLink | null;
}

/** What job it is, on whose data, and where one may go from it. */
export function JobHeader({ title, id, status, dataSource, startTime, all, again }: JobHeaderProps) {
  return (
    <PageHeader
      title={title}
      badges={
        <>
          <JobStatusBadge status={status} />
          {dataSource && <DataSourceBadge dataSource={dataSource} />}
        </>
      }
      description={
        <>
          {startTime && (
            <>
              Begun <TimeText value={startTime} /> ·{' '}
            </>
          )}
          {id}
        </>
      }
      actions={
        <>
          <LinkButton {...all} icon={<ArrowLeft size={16} aria-hidden />} />
          {again && <LinkButton {...again} icon={<RotateCcw size={16} aria-hidden />} />}
        </>
      }
    />
  );
}

function LinkButton({ label, href, icon }: JobLink & { readonly icon: ReactNode }) {
  return (
    <Button component={Link} href={href} variant="default" leftSection={icon}>
      {label}
    </Button>
  );
}
