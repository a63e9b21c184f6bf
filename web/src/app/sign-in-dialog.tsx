import './mantine-styles-later.css';
import { Button, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';

interface SignInDialogProps {
  /** A token was sent and the server did not take it. */
  readonly wasRefused: boolean;
  readonly onSignIn: (token: string) => void;
}

/** Asks for the API token. It cannot be dismissed: without a token there is nothing to show. */
export function SignInDialog({ wasRefused, onSignIn }: SignInDialogProps) {
  const [token, setToken] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (token.trim() !== '') onSignIn(token.trim());
    setToken('');
  };
  return (
    <Modal
      opened
      onClose={() => undefined}
      title="Sign in"
      centered
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">
            This server wants its API token: the value of <code>API_TOKEN</code>, or of{' '}
            <code>READER_TOKEN</code> to look without changing anything. It is kept in this tab until you
            close it.
          </Text>
          <PasswordInput
            label="API token"
            value={token}
            onChange={({ currentTarget }) => setToken(currentTarget.value)}
            error={wasRefused && token === '' ? 'The server did not accept this token.' : null}
            autoComplete="current-password"
            data-autofocus
          />
          <Button type="submit" disabled={token.trim() === ''}>
            Sign in
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
