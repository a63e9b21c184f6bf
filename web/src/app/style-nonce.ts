declare global {
  /** Where `get-nonce`, which Mantine's dialogs lock the scrolling with, looks for it. */
  var __webpack_nonce__: string | undefined;
}

/** The nonce that the server put into the page: with it, and only with it, style elements may be made. Empty on Vite's own server. */
export function readStyleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** Hands the nonce to the libraries that take it from the window. */
export function applyStyleNonce(): void {
  globalThis.__webpack_nonce__ = readStyleNonce() || undefined;
}
