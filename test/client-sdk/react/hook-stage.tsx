import { createScannerClient, type ScannerClient } from '@fast-scanner/client';
import { ScannerProvider } from '@fast-scanner/client/react';
import type { Config } from '@fast-scanner/server/config.ts';
import type { RenderHookResult, RenderResult } from '@testing-library/react';
import { type ReactElement, type ReactNode, StrictMode } from 'react';
import { type RunningApp, startApp } from '../../support/running-app.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type BrowserPage, openBrowserPage } from './browser-page.ts';

/** A page, a real server and a client, for the hooks of one test file. */
export interface HookStage {
  readonly server: RunningApp;
  readonly page: BrowserPage;
  /** A new one for each test. */
  readonly client: ScannerClient;
  /** Renders a hook in strict mode, below a provider of the client: the test's, unless another is given. */
  render<State>(hook: () => State, client?: ScannerClient): RenderHookResult<State, unknown>;
  /** The same for a component. */
  renderElement(element: ReactElement): RenderResult;
  click(element: HTMLElement): void;
}

/** Call it inside `describe`. */
export function hookStage(config: Partial<Config> = {}): HookStage {
  const folder = temporaryFolder();
  const parts: { server?: RunningApp; page?: BrowserPage; client?: ScannerClient; library?: Library } = {};
  before(async () => {
    parts.page = openBrowserPage();
    parts.library = await loadLibrary();
    parts.server = await startApp({ dataDir: folder.path, ...config });
  });
  beforeEach(() => {
    parts.client = createScannerClient({ url: found(parts.server).url });
  });
  afterEach(() => {
    parts.library?.cleanup();
    parts.client?.close();
  });
  after(async () => {
    await parts.server?.app.close();
    await parts.page?.close();
  });
  return {
    get server() {
      return found(parts.server);
    },
    get page() {
      return found(parts.page);
    },
    get client() {
      return found(parts.client);
    },
    render: (hook, client) => found(parts.library).render(hook, client ?? found(parts.client)),
    renderElement: (element) => found(parts.library).renderElement(element, found(parts.client)),
    click: (element) => found(parts.library).click(element),
  };
}

type Library = Awaited<ReturnType<typeof loadLibrary>>;

/** It brings react-dom, which looks for a page when it is imported. */
async function loadLibrary() {
  const { cleanup, fireEvent, render, renderHook } = await import('@testing-library/react/pure.js');
  const wrapperOf = (client: ScannerClient) => ({
    wrapper: ({ children }: { readonly children: ReactNode }) => (
      <StrictMode>
        <ScannerProvider client={client}>{children}</ScannerProvider>
      </StrictMode>
    ),
  });
  return {
    cleanup,
    render: <State,>(hook: () => State, client: ScannerClient) => renderHook(hook, wrapperOf(client)),
    renderElement: (element: ReactElement, client: ScannerClient) => render(element, wrapperOf(client)),
    click: (element: HTMLElement) => {
      fireEvent.click(element);
    },
  };
}

function found<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error('not before the tests have begun');
  return part;
}
