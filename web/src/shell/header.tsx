import { Box, Burger, Group } from '@mantine/core';
import { Link } from 'wouter';
import logo from '../app/favicon.svg';
import { ConnectionBadge } from './connection-badge.tsx';
import { DefaultSourceBadge } from './default-source-badge.tsx';
import classes from './shell.module.css';
import { SymbolSearch } from './symbol-search.tsx';
import { ThemeButton } from './theme-button.tsx';

interface HeaderProps {
  readonly isMenuOpen: boolean;
  readonly onToggleMenu: () => void;
}

/** Where one is, what the data are and whether they come. */
export function Header({ isMenuOpen, onToggleMenu }: HeaderProps) {
  return (
    <Group h="100%" px={{ base: 'xs', sm: 'md' }} gap="xs" wrap="nowrap">
      <Burger
        opened={isMenuOpen}
        onClick={onToggleMenu}
        hiddenFrom="md"
        size="sm"
        aria-label={isMenuOpen ? 'Close the navigation' : 'Open the navigation'}
        aria-controls="pages"
        aria-expanded={isMenuOpen}
      />
      <Link href="/" className={classes['brand']} aria-label="Fast Scanner">
        <img src={logo} alt="" width={24} height={24} />
        <Box component="span" visibleFrom="sm">
          Fast Scanner
        </Box>
      </Link>
      <Box flex={1} maw={360} mx="auto" miw={0} className={classes['search']}>
        <SymbolSearch />
      </Box>
      <DefaultSourceBadge />
      <ConnectionBadge />
      <ThemeButton />
    </Group>
  );
}
