const KEY = 'fast-scanner.token';
let memory: string | null = null;

/** The API token of this tab; empty while none was given. Forgotten when the tab is closed. */
export function readToken(): string {
  try {
    return sessionStorage.getItem(KEY) ?? memory ?? '';
  } catch {
    return memory ?? '';
  }
}

export function storeToken(token: string): void {
  memory = token;
  try {
    sessionStorage.setItem(KEY, token);
  } catch {
    // Storage is forbidden: the token lasts as long as the page.
  }
}
