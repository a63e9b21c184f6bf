import type { RunChange } from '@fast-scanner/client';
import { Badge } from '@mantine/core';
import { ArrowDown, ArrowLeftRight, ArrowUp, type LucideIcon, Minus, Plus } from 'lucide-react';

interface Look {
  readonly label: string;
  readonly color: string;
  readonly icon: LucideIcon;
}

const LOOKS: Readonly<Record<RunChange['change'], Look>> = {
  new: { label: 'New', color: 'teal', icon: Plus },
  dropped: { label: 'Dropped', color: 'gray', icon: Minus },
  flipped: { label: 'Flipped', color: 'orange', icon: ArrowLeftRight },
  stronger: { label: 'Stronger', color: 'indigo', icon: ArrowUp },
  weaker: { label: 'Weaker', color: 'gray', icon: ArrowDown },
};

/** What kind of change it is, as word, icon and colour. */
export function ChangeBadge({ change }: Pick<RunChange, 'change'>) {
  const { label, color, icon: Icon } = LOOKS[change];
  return (
    <Badge
      color={color}
      variant="light"
      autoContrast
      tt="none"
      miw="max-content"
      leftSection={<Icon size={12} aria-hidden />}
    >
      {label}
    </Badge>
  );
}
