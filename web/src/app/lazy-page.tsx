import { type ComponentType, lazy } from 'react';

/** A page whose code is loaded when it is first shown. `load` picks the component out of its module. */
export function lazyPage<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    const styles = import('./mantine-styles-later.css'); // before the page's own, which build on them
    const page = await load();
    await styles;
    return { default: page };
  });
}
