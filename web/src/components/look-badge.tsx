import { Badge } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';

export interface Look {
  readonly label: string;
  /** One of Mantine's. */
  readonly color: string;
  readonly icon: LucideIcon;
}

/** A state as word, icon and colour. It keeps its width in rows that have no room. */
export function LookBadge({ label, color, icon: Icon }: Look) {
  return (
    <Badge
      color={color}
      variant="light"
      autoContrast
      tt="none"
      miw="max-content"
      style={{ flexShrink: 0 }}
      leftSection={<Icon size={12} aria-hidden />}
    >
      {label}
    </Badge>
  );
}
