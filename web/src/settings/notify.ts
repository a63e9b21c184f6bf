import { readSettings } from './settings-store.ts';

export function canNotify(): boolean {
  return 'Notification' in window;
}

/** Asks the browser for leave; answers whether it was given. Call it on a click. */
export async function askToNotify(): Promise<boolean> {
  if (!canNotify()) return false;
  return (await Notification.requestPermission()) === 'granted';
}

/** Shows a notification of the system if the user wants them and is looking elsewhere. The same tag replaces the one before. */
export function notify(title: string, { body, tag }: { readonly body: string; readonly tag: string }): void {
  if (!canNotify() || !readSettings().notifications) return;
  if (Notification.permission !== 'granted' || document.visibilityState === 'visible') return;
  const notification = new Notification(title, { body, tag });
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
}
