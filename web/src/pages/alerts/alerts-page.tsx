import { Tabs } from '@mantine/core';
import { BellRing, FlaskConical, ListChecks, Webhook } from 'lucide-react';
import { NotificationSwitch } from '../../components/notification-switch.tsx';
import { OfflineNotice } from '../../components/offline-notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { capitalize } from '../../format/capitalize.ts';
import { optionField, useSearchState } from '../../hooks/use-search-state.ts';
import { FiringsSection } from './firings-section.tsx';
import { PreviewSection } from './preview-section.tsx';
import { RulesSection } from './rules-section.tsx';
import { WebhooksSection } from './webhooks-section.tsx';

const TABS = ['fired', 'rules', 'preview', 'webhooks'] as const;
const ICONS = { fired: BellRing, rules: ListChecks, preview: FlaskConical, webhooks: Webhook } as const;
const FIELDS = { show: optionField(TABS, 'fired') };

/** What the scanner tells by itself: what it told, when it does, and whom. */
export function AlertsPage() {
  const [{ show }, change] = useSearchState<{ readonly show: (typeof TABS)[number] }>(FIELDS);
  return (
    <>
      <PageHeader
        title="Alerts"
        description="Every scan is compared with the one before it. What the rules watch for is told here, to webhooks and to this browser."
        actions={<NotificationSwitch />}
      />
      <OfflineNotice />
      <Tabs
        value={show}
        onChange={(value) =>
          change({ show: TABS.find((tab) => tab === value) ?? 'fired' }, { replace: false })
        }
        keepMounted={false}
      >
        <Tabs.List mb="md" aria-label="Alerts">
          {TABS.map((tab) => (
            <Tab key={tab} tab={tab} />
          ))}
        </Tabs.List>
        <Tabs.Panel value="fired">
          <FiringsSection />
        </Tabs.Panel>
        <Tabs.Panel value="rules">
          <RulesSection />
        </Tabs.Panel>
        <Tabs.Panel value="preview">
          <PreviewSection />
        </Tabs.Panel>
        <Tabs.Panel value="webhooks">
          <WebhooksSection />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Tab({ tab }: { readonly tab: (typeof TABS)[number] }) {
  const Icon = ICONS[tab];
  return (
    <Tabs.Tab value={tab} leftSection={<Icon size={14} aria-hidden />}>
      {capitalize(tab)}
    </Tabs.Tab>
  );
}
