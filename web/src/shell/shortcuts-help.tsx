import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { lazy, Suspense } from 'react';

const ShortcutsDialog = lazy(async () => ({
  default: (await import('./shortcuts-dialog.tsx')).ShortcutsDialog,
}));

/** `?` shows what the keyboard can do. */
export function ShortcutsHelp() {
  const [isOpen, dialog] = useDisclosure();
  useHotkeys([['shift+?', dialog.open, { usePhysicalKeys: false }]]);
  return <Suspense>{isOpen && <ShortcutsDialog onClose={dialog.close} />}</Suspense>;
}
