import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';

interface LoadingStateProps {
  /** How many lines it will be, about. Default 6. */
  readonly rows?: number;
  /** Height of a line, px. Default 36. */
  readonly rowHeight?: number;
  /** For screen readers. */
  readonly label?: string;
}

/** Grey lines where the content will stand, so that nothing jumps when it comes. */
export function LoadingState({ rows = 6, rowHeight = 36, label = 'Loading' }: LoadingStateProps) {
  return (
    <Stack gap="xs" role="status" aria-busy>
      <VisuallyHidden>{label} …</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have nothing else to tell them apart
        <Skeleton key={row} height={rowHeight} radius="sm" />
      ))}
    </Stack>
  );
}
