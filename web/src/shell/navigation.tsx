import { AppShell, NavLink } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { NAVIGATION, SETTINGS_ITEM } from './navigation-items.ts';

/** The way to the pages. */
export function Navigation({ onNavigate }: { readonly onNavigate: () => void }) {
  const [location] = useLocation();
  const toLink = ({ path, label, icon: Icon }: (typeof NAVIGATION)[number]) => {
    const isHere = path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`);
    return (
      <NavLink
        key={path}
        component={Link}
        href={path}
        label={label}
        leftSection={<Icon size={18} aria-hidden />}
        active={isHere}
        aria-current={isHere ? 'page' : undefined}
        onClick={onNavigate}
      />
    );
  };
  return (
    <>
      <AppShell.Section grow>{NAVIGATION.map(toLink)}</AppShell.Section>
      <AppShell.Section>
        <NavLink href="/docs" label="API documentation" target="_blank" />
        {toLink(SETTINGS_ITEM)}
      </AppShell.Section>
    </>
  );
}
