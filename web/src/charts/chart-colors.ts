import { useMemo, useSyncExternalStore } from 'react';

/** Colours of the present theme and palette, as a canvas takes them. */
export interface ChartColors {
  readonly text: string;
  readonly grid: string;
  readonly surface: string;
  readonly up: string;
  readonly down: string;
  readonly flat: string;
  readonly upSoft: string;
  readonly downSoft: string;
  readonly accent: string;
}

const NAMES: Readonly<Record<keyof ChartColors, string>> = {
  text: '--mantine-color-dimmed',
  grid: '--fs-border',
  surface: '--fs-surface',
  up: '--fs-up',
  down: '--fs-down',
  flat: '--fs-flat',
  upSoft: '--fs-up-soft',
  downSoft: '--fs-down-soft',
  accent: '--mantine-primary-color-filled',
};
const ATTRIBUTES = ['data-mantine-color-scheme', 'data-palette'];

/** The colours now; they change with the theme and the palette. */
export function useChartColors(): ChartColors {
  const key = useSyncExternalStore(watchTheme, themeKey);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which colours the document has
  return useMemo(readColors, [key]);
}

function watchTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ATTRIBUTES });
  return () => observer.disconnect();
}

function themeKey(): string {
  return ATTRIBUTES.map((name) => document.documentElement.getAttribute(name)).join(' ');
}

function readColors(): ChartColors {
  const style = getComputedStyle(document.documentElement);
  const entries = Object.entries(NAMES).map(([name, variable]) => [
    name,
    style.getPropertyValue(variable).trim(),
  ]);
  return Object.fromEntries(entries) as Record<keyof ChartColors, string>; // one entry for each name
}
