export const PALETTES = ['green-red', 'red-green', 'blue-orange'] as const;
/** Colours of rising and falling, in this order. */
export type Palette = (typeof PALETTES)[number];

export const TIME_ZONES = ['local', 'utc'] as const;
export type TimeZone = (typeof TIME_ZONES)[number];

/** What a user chose for this browser. The theme is kept apart, by Mantine. */
export interface Settings {
  readonly palette: Palette;
  readonly timeZone: TimeZone;
  /** Whether the system's notifications are wanted; the browser asks for permission besides. */
  readonly notifications: boolean;
}

export const DEFAULT_SETTINGS: Settings = { palette: 'green-red', timeZone: 'local', notifications: false };

/** What is stored, or the defaults for whatever is missing or unknown in it. */
export function parseSettings(text: string | null): Settings {
  const stored = parseObject(text);
  return {
    palette: PALETTES.find((palette) => palette === stored['palette']) ?? DEFAULT_SETTINGS.palette,
    timeZone: TIME_ZONES.find((timeZone) => timeZone === stored['timeZone']) ?? DEFAULT_SETTINGS.timeZone,
    notifications: stored['notifications'] === true,
  };
}

function parseObject(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
