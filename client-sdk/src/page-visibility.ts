/** Calls `listener` at once and whenever the page is hidden or shown, until the returned function is called. Without a page it is visible. */
export function onPageVisibility(listener: (isVisible: boolean) => void): () => void {
  const page = typeof document === 'undefined' ? null : document;
  const tell = () => listener(!page?.hidden);
  page?.addEventListener('visibilitychange', tell);
  tell();
  return () => page?.removeEventListener('visibilitychange', tell);
}
