import { createScannerClient } from '@fast-scanner/client';
import { ScannerProvider } from '@fast-scanner/client/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { createQueryClient } from './query-client.ts';
import { readToken, storeToken } from './session-token.ts';

/** Most servers want no token. */
const SignInDialog = lazy(async () => ({ default: (await import('./sign-in-dialog.tsx')).SignInDialog }));

/**
 * The client and its questions. When the server wants a token a dialog asks for one, in place of the pages; then everything is asked anew,
 * by another client, so that nothing stays of what was refused.
 */
export function Session({ children }: { readonly children: ReactNode }) {
  const [isLocked, setIsLocked] = useState(false);
  const [{ client, queryClient }, setSession] = useState(openSession);

  function openSession() {
    const client = createScannerClient({ url: window.location.origin, token: readToken });
    return { client, queryClient: createQueryClient(() => setIsLocked(true)) };
  }

  function signIn(token: string) {
    storeToken(token);
    client.close();
    setIsLocked(false);
    setSession(openSession());
  }

  return (
    <ScannerProvider client={client}>
      <QueryClientProvider client={queryClient}>
        {isLocked ? (
          <Suspense>
            <SignInDialog wasRefused={readToken() !== ''} onSignIn={signIn} />
          </Suspense>
        ) : (
          children
        )}
      </QueryClientProvider>
    </ScannerProvider>
  );
}
