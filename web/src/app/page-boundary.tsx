import { Component, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { ErrorState } from '../components/error-state.tsx';

/** Keeps a page that broke, or whose code could not be loaded, from taking the shell along. Going elsewhere clears it. */
export function PageBoundary({ children }: { readonly children: ReactNode }) {
  const [location] = useLocation();
  return <Boundary key={location.split('/')[1] ?? ''}>{children}</Boundary>;
}

class Boundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override readonly state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <ErrorState
        title="This page broke"
        error={error}
        retryLabel="Reload"
        onRetry={() => window.location.reload()}
      />
    );
  }
}
