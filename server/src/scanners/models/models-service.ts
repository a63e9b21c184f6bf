import type {
  ModelsQuery,
  ModelsResponse,
  TrainModelRequest,
  TrainModelResponse,
} from '@fast-scanner/shared';

/** The prediction models as the windows see them. Failures are `ScannerError`. */
export interface ModelsService {
  /** Every model that is kept, trained or wanted. */
  models(query: ModelsQuery): Promise<ModelsResponse>;
  /**
   * Trains a model now instead of when it is due.
   * @throws ScannerError `exchange_unknown`; `conflict` while it is trained, when no candle has closed since, or when prediction is switched off
   */
  train(request: TrainModelRequest): Promise<TrainModelResponse>;
}
