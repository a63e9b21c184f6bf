import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';

/** Until the new page has set its title. */
const SETTLE_MS = 300;

/** Tells screen readers which page has come, and begins at its top; what the browser does by itself for pages it loads. */
export function RouteAnnouncer() {
  const [location] = useLocation();
  const [title, setTitle] = useState('');
  const shown = useRef(location);
  useEffect(() => {
    if (shown.current === location) return;
    shown.current = location;
    window.scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
    const timer = setTimeout(() => setTitle(document.title), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [location]);
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {title}
    </VisuallyHidden>
  );
}
