import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { inRoot } from './project.mjs';

const COLOR_SCHEME_SCRIPT = 'web/src/app/color-scheme.js';
/** The server puts a fresh nonce in its place with every answer, see `server/src/http/pages/dashboard-page.ts`. */
const NONCE_PLACEHOLDER = '__STYLE_NONCE__';

/** How Vite builds and serves the dashboard. The server is asked for nothing but files of its own. */
export function createViteConfig(overrides = {}) {
  return {
    configFile: false,
    root: inRoot('web'),
    cacheDir: inRoot('node_modules/.cache/vite'),
    publicDir: false,
    logLevel: 'warn',
    plugins: [react(), colorSchemeScript()],
    html: { cspNonce: NONCE_PLACEHOLDER },
    ...overrides,
  };
}

/** Puts the script that chooses dark or light before the first paint into a file of its own: the page has no inline script. */
function colorSchemeScript() {
  return {
    name: 'color-scheme-script',
    apply: 'build',
    buildStart() {
      const source = readFileSync(inRoot(COLOR_SCHEME_SCRIPT));
      this.emitFile({ type: 'asset', name: 'color-scheme.js', source });
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) => {
        const src = Object.values(bundle).find(({ names }) => names?.includes('color-scheme.js')).fileName;
        return [{ tag: 'script', attrs: { src: `/${src}` }, injectTo: 'head-prepend' }];
      },
    },
  };
}
