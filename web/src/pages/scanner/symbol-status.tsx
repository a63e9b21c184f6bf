import type { SymbolStatus } from '@fast-scanner/client';
import { Loader } from '@mantine/core';
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import type { ReactNode } from 'react';

interface Look {
  readonly label: string;
  readonly icon: ReactNode;
}

const LOOKS: Readonly<Record<SymbolStatus, Look>> = {
  quick_scan: {
    label: 'Quick signal; the deep analysis is to come',
    icon: <CircleDashed size={16} color="var(--mantine-color-dimmed)" aria-hidden />,
  },
  analyzing: { label: 'Being analysed', icon: <Loader size={14} aria-hidden /> },
  complete: {
    label: 'Analysed',
    icon: <CircleCheck size={16} color="var(--mantine-color-teal-filled)" aria-hidden />,
  },
  failed: {
    label: 'The deep analysis failed',
    icon: <CircleAlert size={16} color="var(--mantine-color-red-filled)" aria-hidden />,
  },
};

/** How far a symbol is; `failure` says why it failed. */
export function SymbolStatusIcon({
  status,
  failure,
}: {
  readonly status: SymbolStatus;
  readonly failure: string | null;
}) {
  const { label, icon } = LOOKS[status];
  const text = failure ?? label;
  return (
    <span
      role="img"
      aria-label={text}
      title={text}
      style={{ display: 'inline-flex', verticalAlign: 'middle' }}
    >
      {icon}
    </span>
  );
}
