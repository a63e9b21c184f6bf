import { Box, Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface PageHeaderProps {
  /** The page's heading, and the document's title. */
  readonly title: string;
  readonly description?: ReactNode;
  /** Beside the title, such as the label of the data's source. */
  readonly badges?: ReactNode;
  /** On the right: the page's main buttons. */
  readonly actions?: ReactNode;
}

/** What every page begins with. */
export function PageHeader({ title, description, badges, actions }: PageHeaderProps) {
  useDocumentTitle(`${title} · Fast Scanner`);
  return (
    <Group justify="space-between" align="flex-start" mb="md" gap="sm">
      <Box>
        <Group gap="sm">
          <Title order={1} size="h2">
            {title}
          </Title>
          {badges}
        </Group>
        {description && (
          <Text c="dimmed" size="sm" mt={4}>
            {description}
          </Text>
        )}
      </Box>
      {actions && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
