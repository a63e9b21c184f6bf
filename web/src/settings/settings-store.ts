import { parseSettings, type Settings } from './settings.ts';

/** Read before the first paint by `color-scheme.js` too. */
const KEY = 'fast-scanner.settings';
const listeners = new Set<() => void>();
let current: Settings | null = null;

export function readSettings(): Settings {
  current ??= parseSettings(readStored());
  return current;
}

/** Keeps the change in this browser, for all its tabs. */
export function changeSettings(change: Partial<Settings>): void {
  show({ ...readSettings(), ...change });
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage is forbidden: the choice lasts as long as the page.
  }
}

export function watchSettings(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('storage', onStorage);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('storage', onStorage);
  };
}

function onStorage({ key, newValue }: StorageEvent): void {
  if (key === KEY) show(parseSettings(newValue));
}

function show(settings: Settings): void {
  current = settings;
  document.documentElement.setAttribute('data-palette', settings.palette);
  for (const listener of [...listeners]) listener();
}

function readStored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
