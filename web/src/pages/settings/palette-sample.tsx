import { Group } from '@mantine/core';
import { DirectionText } from '../../components/direction-text.tsx';
import { SignalBadge } from '../../components/signal-badge.tsx';

/** How the chosen colours look. */
export function PaletteSample() {
  return (
    <Group gap="md" aria-hidden>
      <SignalBadge signal="BUY" />
      <SignalBadge signal="SELL" />
      <SignalBadge signal="HOLD" />
      <DirectionText value={2.41} />
      <DirectionText value={-1.07} />
    </Group>
  );
}
