import { Window } from 'happy-dom';

/** What React and its testing library look for. The network stays Node's. */
const NAMES = [
  'document',
  'navigator',
  'HTMLElement',
  'HTMLIFrameElement',
  'Element',
  'Node',
  'DocumentFragment',
  'MutationObserver',
  'getComputedStyle',
  'requestAnimationFrame',
  'cancelAnimationFrame',
] as const;

export interface BrowserPage {
  /** Hides or shows the page, as another tab does. */
  hide(isHidden: boolean): void;
  close(): Promise<void>;
}

/** Gives the test a page until it is closed. React looks for it when it is imported: import it afterwards. */
export function openBrowserPage(): BrowserPage {
  const window = new Window({ url: 'http://localhost/' });
  let isHidden = false;
  Object.defineProperty(window.document, 'hidden', { configurable: true, get: () => isHidden });
  const globals: Record<string, unknown> = { window };
  for (const name of NAMES) globals[name] = bound(window, name);
  const before = Object.keys(globals).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
  return {
    hide: (hidden) => {
      isHidden = hidden;
      window.document.dispatchEvent(new window.Event('visibilitychange'));
    },
    close: async () => {
      for (const [name, descriptor] of before) {
        if (descriptor) Object.defineProperty(globalThis, name, descriptor);
        else Reflect.deleteProperty(globalThis, name);
      }
      await window.happyDOM.close();
    },
  };
}

/** Functions of the window want it as `this`; classes do not. */
function bound(window: Window, name: (typeof NAMES)[number]): unknown {
  const value: unknown = window[name];
  return typeof value === 'function' && !/^[A-Z]/.test(name) ? value.bind(window) : value;
}
