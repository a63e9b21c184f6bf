import { NavLink } from '@mantine/core';
import { BookOpen, ExternalLink } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { NAVIGATION, SETTINGS_ITEM } from './navigation-items.ts';
import classes from './shell.module.css';

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
      {NAVIGATION.map(toLink)}
      <div className={classes['bottom']}>
        <NavLink
          href="/docs"
          label="API"
          target="_blank"
          leftSection={<BookOpen size={18} aria-hidden />}
          rightSection={<ExternalLink size={14} aria-label="in another tab" />}
        />
        {toLink(SETTINGS_ITEM)}
      </div>
    </>
  );
}
