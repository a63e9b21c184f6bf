import { MantineProvider } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Shell } from '../shell/shell.tsx';
import { Routes } from './routes.tsx';
import { Session } from './session.tsx';
import { readStyleNonce } from './style-nonce.ts';
import { colorSchemeManager, cssVariablesResolver, theme } from './theme.ts';

/** Nothing is to be told before the first page has come. */
const Notifications = lazy(async () => ({ default: (await import('@mantine/notifications')).Notifications }));

/** Everything around the pages. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      getStyleNonce={readStyleNonce}
    >
      <Suspense>
        <Notifications position="bottom-right" />
      </Suspense>
      <Session>
        <Shell>
          <Routes />
        </Shell>
      </Session>
    </MantineProvider>
  );
}
