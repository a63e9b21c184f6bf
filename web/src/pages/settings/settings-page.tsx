import { type MantineColorScheme, Radio, Stack, useMantineColorScheme } from '@mantine/core';
import { NotificationSwitch } from '../../components/notification-switch.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Section } from '../../components/section.tsx';
import { PALETTES, type Palette, TIME_ZONES } from '../../settings/settings.ts';
import { changeSettings } from '../../settings/settings-store.ts';
import { useSettings } from '../../settings/use-settings.ts';
import { PaletteSample } from './palette-sample.tsx';

const THEMES = { light: 'Light', dark: 'Dark', auto: 'As the system' } as const satisfies Record<
  MantineColorScheme,
  string
>;
const PALETTE_NAMES: Readonly<Record<Palette, string>> = {
  'green-red': 'Green rises, red falls',
  'red-green': 'Red rises, green falls',
  'blue-orange': 'Blue rises, orange falls (told apart with every colour vision)',
};

/** What a user chooses for this browser. */
export function SettingsPage() {
  return (
    <>
      <PageHeader title="Settings" description="Kept in this browser, and in effect at once." />
      <Stack maw={640}>
        <ThemeSection />
        <PaletteSection />
        <TimeSection />
        <NotificationSection />
      </Stack>
    </>
  );
}

function ThemeSection() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title="Theme">
      <Radio.Group
        aria-label="Theme"
        value={colorScheme}
        onChange={(value) => setColorScheme(toTheme(value))}
      >
        <Stack gap="xs">
          {Object.entries(THEMES).map(([value, label]) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </Stack>
      </Radio.Group>
    </Section>
  );
}

function PaletteSection() {
  const { palette } = useSettings();
  return (
    <Section
      title="Colours of rising and falling"
      description="Signs and icons always say the same as the colour."
    >
      <Radio.Group
        aria-label="Colours of rising and falling"
        value={palette}
        onChange={(value) =>
          changeSettings({ palette: PALETTES.find((known) => known === value) ?? palette })
        }
      >
        <Stack gap="xs">
          {PALETTES.map((value) => (
            <Radio key={value} value={value} label={PALETTE_NAMES[value]} />
          ))}
        </Stack>
      </Radio.Group>
      <PaletteSample />
    </Section>
  );
}

function TimeSection() {
  const { timeZone } = useSettings();
  const local = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Section title="Time">
      <Radio.Group
        aria-label="Time"
        value={timeZone}
        onChange={(value) =>
          changeSettings({ timeZone: TIME_ZONES.find((zone) => zone === value) ?? timeZone })
        }
      >
        <Stack gap="xs">
          <Radio value="local" label={`Local time (${local})`} />
          <Radio value="utc" label="UTC, as candles close" />
        </Stack>
      </Radio.Group>
    </Section>
  );
}

function NotificationSection() {
  return (
    <Section
      title="Notifications"
      description="Of the system, for alerts and finished work, while you look elsewhere."
    >
      <NotificationSwitch />
    </Section>
  );
}

function toTheme(value: string): MantineColorScheme {
  return value === 'light' || value === 'dark' ? value : 'auto';
}
