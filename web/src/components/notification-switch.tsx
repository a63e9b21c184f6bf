import '../app/mantine-styles-later.css';
import { Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { askToNotify, canNotify } from '../settings/notify.ts';
import { changeSettings } from '../settings/settings-store.ts';
import { useSettings } from '../settings/use-settings.ts';

/** Whether the system's notifications are wanted; the browser is asked when they are switched on. */
export function NotificationSwitch() {
  const { notifications } = useSettings();
  const [isRefused, setIsRefused] = useState(false);
  const change = async (isWanted: boolean) => {
    const isAllowed = isWanted && (await askToNotify());
    changeSettings({ notifications: isAllowed });
    setIsRefused(isWanted && !isAllowed);
  };
  return (
    <div>
      <Switch
        label="Notify me"
        checked={notifications}
        disabled={!canNotify()}
        onChange={({ currentTarget }) => void change(currentTarget.checked)}
        error={isRefused ? 'The browser refused: allow notifications for this page in its settings.' : null}
      />
      {!canNotify() && (
        <Text size="sm" c="dimmed">
          This browser has no notifications here.
        </Text>
      )}
    </div>
  );
}
