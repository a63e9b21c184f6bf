import type { ModesResponse } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { useQuery } from '@tanstack/react-query';

export type ModeInfo = ModesResponse['modes'][number];

/** The modes of the server, with what each looks at and lets through. They last as long as the server. */
export function useModes() {
  const client = useScannerClient();
  return useQuery({
    queryKey: ['modes'],
    queryFn: ({ signal }) => client.runs.modes({ signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
