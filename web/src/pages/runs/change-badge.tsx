import type { RunChange } from '@fast-scanner/client';
import { ArrowDown, ArrowLeftRight, ArrowUp, Minus, Plus } from 'lucide-react';
import { type Look, LookBadge } from '../../components/look-badge.tsx';

const LOOKS: Readonly<Record<RunChange['change'], Look>> = {
  new: { label: 'New', color: 'teal', icon: Plus },
  dropped: { label: 'Dropped', color: 'gray', icon: Minus },
  flipped: { label: 'Flipped', color: 'orange', icon: ArrowLeftRight },
  stronger: { label: 'Stronger', color: 'indigo', icon: ArrowUp },
  weaker: { label: 'Weaker', color: 'gray', icon: ArrowDown },
};

/** What kind of change it is, as word, icon and colour. */
export function ChangeBadge({ change }: Pick<RunChange, 'change'>) {
  return <LookBadge {...LOOKS[change]} />;
}
