import { Text } from '@mantine/core';
import { describeError } from '../../components/describe-error.ts';
import { ErrorState } from '../../components/error-state.tsx';

interface SaveErrorProps {
  readonly error: unknown;
  readonly title: string;
  /** What the server calls the thing in the form: `rules 3`. What is wrong with its fields stands at them. */
  readonly path: string;
}

/** Why a form was not saved. */
export function SaveError({ error, title, path }: SaveErrorProps) {
  const { fields } = describeError(error);
  if (fields.length > 0 && fields.every(({ name }) => name.startsWith(`${path} `))) {
    return (
      <Text size="sm" role="alert">
        {title}: correct what is marked above.
      </Text>
    );
  }
  return <ErrorState title={title} error={error} />;
}
