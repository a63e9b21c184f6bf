import type { ModelEntry, TrainModelInput } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

const MODELS_KEY = ['models'];
const REFRESH_MS = 15_000;
const TRAINING_REFRESH_MS = 1500;

/** The models, asked for more often while one is trained. */
export function useModels() {
  const client = useScannerClient();
  return useQuery({
    queryKey: MODELS_KEY,
    queryFn: ({ signal }) => client.models.list({}, { signal }),
    refetchInterval: ({ state }) => (state.data?.models.some(isTraining) ? TRAINING_REFRESH_MS : REFRESH_MS),
  });
}

export function useTrainModel() {
  const client = useScannerClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: TrainModelInput) => client.models.train(input),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: MODELS_KEY }),
  });
}

function isTraining({ status }: ModelEntry): boolean {
  return status === 'training';
}
