import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { CircleAlert, RotateCw } from 'lucide-react';
import { formatDuration } from '../format/format-duration.ts';
import { describeError } from './describe-error.ts';

interface ErrorStateProps {
  readonly error: unknown;
  /** Instead of the problem's own title. */
  readonly title?: string;
  readonly onRetry?: () => void;
  readonly retryLabel?: string;
}

/** What went wrong in the server's words, what to quote when reporting it, and a way to try again. */
export function ErrorState({ error, title, onRetry, retryLabel = 'Try again' }: ErrorStateProps) {
  const { detail, fields, code, requestId, retryAfterMs, ...problem } = describeError(error);
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<CircleAlert aria-hidden />}
      title={title ?? problem.title}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{detail}</Text>
        {fields.length > 1 && (
          <List size="sm">
            {fields.map(({ name, detail }) => (
              <List.Item key={name}>
                <b>{name}</b>: {detail}
              </List.Item>
            ))}
          </List>
        )}
        {retryAfterMs !== null && <Text size="sm">Try again in {formatDuration(retryAfterMs)}.</Text>}
        <Group gap="md">
          {onRetry && (
            <Button
              size="xs"
              variant="default"
              leftSection={<RotateCw size={14} aria-hidden />}
              onClick={onRetry}
            >
              {retryLabel}
            </Button>
          )}
          {code && <Reference code={code} requestId={requestId} />}
        </Group>
      </Stack>
    </Alert>
  );
}

/** What to quote when reporting it. */
function Reference({ code, requestId }: { readonly code: string; readonly requestId: string | null }) {
  return (
    <Text size="xs" c="dimmed">
      Code <Code>{code}</Code>
      {requestId && (
        <>
          {' '}
          · request <Code>{requestId}</Code>
        </>
      )}
    </Text>
  );
}
