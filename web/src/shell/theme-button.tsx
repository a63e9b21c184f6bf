import { ActionIcon, type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { type LucideIcon, Monitor, Moon, Sun } from 'lucide-react';

interface Look {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly next: MantineColorScheme;
}

const LOOKS: Readonly<Record<MantineColorScheme, Look>> = {
  auto: { label: 'as the system', icon: Monitor, next: 'light' },
  light: { label: 'light', icon: Sun, next: 'dark' },
  dark: { label: 'dark', icon: Moon, next: 'auto' },
};

/** Goes from theme to theme: as the system, light, dark. */
export function ThemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { label, icon: Icon, next } = LOOKS[colorScheme];
  const text = `Theme: ${label}. Change to ${LOOKS[next].label}`;
  return (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={text}
      title={text}
      onClick={() => setColorScheme(next)}
    >
      <Icon size={18} aria-hidden />
    </ActionIcon>
  );
}
