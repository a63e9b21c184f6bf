import { AppShell } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
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
  return (
    <>
      <a className={classes['skip']} href="#main">
        Skip to the content
      </a>
      <AppShell
        header={{ height: 56 }}
        navbar={{ width: 208, breakpoint: 'md', collapsed: { mobile: !isMenuOpen } }}
        padding={{ base: 'sm', sm: 'lg' }}
      >
        <AppShell.Header className={classes['bar']}>
          <Header isMenuOpen={isMenuOpen} onToggleMenu={menu.toggle} />
        </AppShell.Header>
        <AppShell.Navbar p="xs" className={classes['bar']} aria-label="Pages" id="pages">
          <Navigation onNavigate={menu.close} />
        </AppShell.Navbar>
        <AppShell.Main id="main" tabIndex={-1} className={classes['main']}>
          {children}
        </AppShell.Main>
      </AppShell>
      <LiveUpdates />
      <ShortcutsHelp />
      <RouteAnnouncer />
    </>
  );
}
