import { type CSSVariablesResolver, createTheme, localStorageColorSchemeManager, Paper } from '@mantine/core';

const SURFACE = { background: 'var(--fs-surface)' };

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 7 },
  defaultRadius: 'md',
  fontFamily:
    'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: { fontWeight: '650' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Paper: Paper.extend({ defaultProps: { bg: 'var(--fs-surface)' } }),
    // Not by their own `extend`, which would bring them into the first load.
    Modal: { styles: { header: SURFACE } },
    Drawer: { styles: { header: SURFACE } },
  },
});

/** Mantine's own quiet text, placeholders, errors and some of its badges are too pale to be read (under 4.5:1). */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-6)',
    '--mantine-color-body': 'var(--mantine-color-gray-0)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-teal-light-color': '#066a4b',
    '--mantine-color-orange-light-color': '#a33400',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--mantine-color-body': 'var(--mantine-color-dark-8)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-anchor': 'var(--mantine-color-indigo-3)',
    '--mantine-color-disabled': 'var(--mantine-color-dark-5)',
    '--mantine-color-disabled-color': 'var(--mantine-color-dark-2)',
  },
});

/** Dark, light or as the system has it; read before the first paint by `color-scheme.js`. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'fast-scanner.theme' });
