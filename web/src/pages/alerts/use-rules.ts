import type { AlertRule, AlertRulesResponse } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

const RULES_KEY = ['alert-rules'];

/** The rules as the server has them. */
export function useRules() {
  const client = useScannerClient();
  return useQuery({
    queryKey: RULES_KEY,
    queryFn: ({ signal }) => client.alertRules({ signal }),
    select: ({ rules }) => rules,
  });
}

/** Replaces all rules; what the preview says is asked for anew then. */
export function useSaveRules() {
  const client = useScannerClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (rules: readonly AlertRule[]) => client.updateAlertRules([...rules]),
    onSuccess: (answer: AlertRulesResponse) => {
      queryClient.setQueryData(RULES_KEY, answer);
      return queryClient.invalidateQueries({ queryKey: ['alert-preview'] });
    },
  });
}
