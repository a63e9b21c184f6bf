import './mantine-styles-later.css';
import { Notifications } from '@mantine/notifications';

/** Where short news appear: `notifications.show(…)` of @mantine/notifications. */
export function NotificationArea() {
  return <Notifications position="bottom-right" />;
}
