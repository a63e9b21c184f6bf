import { useDisclosure, useHotkeys } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Header } from './header.tsx';
import { LiveUpdates } from './live-updates.tsx';
import { Navigation } from './navigation.tsx';
import { RouteAnnouncer } from './route-announcer.tsx';
import classes from './shell.module.css';
import { ShortcutsHelp } from './shortcuts-help.tsx';

/** What stands around every page: header, navigation, keyboard. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const [isMenuOpen, menu] = useDisclosure();
  useHotkeys([['Escape', menu.close]]);
  return (
    <div className={classes['shell']}>
      <a className={classes['skip']} href="#main">
        Skip to the content
      </a>
      <header className={classes['header']}>
        <Header isMenuOpen={isMenuOpen} onToggleMenu={menu.toggle} />
      </header>
      <nav className={classes['nav']} aria-label="Pages" id="pages" data-open={isMenuOpen}>
        <Navigation onNavigate={menu.close} />
      </nav>
      <main className={classes['main']} id="main" tabIndex={-1}>
        {children}
      </main>
      <LiveUpdates />
      <ShortcutsHelp />
      <RouteAnnouncer />
    </div>
  );
}
