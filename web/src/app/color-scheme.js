// Runs before the first paint, so that the page never flashes in colours that were not chosen. The keys are those of `settings/`.
(() => {
  const root = document.documentElement;
  let theme = 'auto';
  let palette = 'green-red';
  try {
    theme = localStorage.getItem('fast-scanner.theme') ?? theme;
    palette = JSON.parse(localStorage.getItem('fast-scanner.settings') ?? '{}').palette ?? palette;
  } catch {
    // Storage is forbidden or holds something else: the defaults stand.
  }
  const isDark = theme === 'dark' || (theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
  root.setAttribute('data-palette', palette);
})();
