import { MantineProvider } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Shell } from '../shell/shell.tsx';
import { Routes } from './routes.tsx';
import { Session } from './session.tsx';
import { readStyleNonce } from './style-nonce.ts';
import { colorSchemeManager, cssVariablesResolver, theme } from './theme.ts';

/** Nothing is to be told before the first page has come. */
const NotificationArea = lazy(async () => ({
  default: (await import('./notification-area.tsx')).NotificationArea,
}));

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
        <NotificationArea />
      </Suspense>
      <Session>
        <Shell>
          <Routes />
        </Shell>
      </Session>
    </MantineProvider>
  );
}
