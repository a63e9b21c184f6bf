import { CONTINUOUS_ROUTES } from './continuous-routes.ts';
import { FAST_SCANNER_ROUTES } from './fast-scanner-routes.ts';
import { MARKET_ROUTES } from './market-routes.ts';
import { MARKET_SCAN_ROUTES } from './market-scan-routes.ts';
import { MODEL_ROUTES } from './model-routes.ts';
import { OUTCOME_ROUTES } from './outcome-routes.ts';
import type { RouteContract } from './route-contract.ts';
import { RUN_ROUTES } from './run-routes.ts';
import { WEBHOOK_ROUTES } from './webhook-routes.ts';

/** Every route of the product; those of the operations side stand apart. */
export const API_CONTRACTS: readonly RouteContract[] = [
  ...Object.values(FAST_SCANNER_ROUTES),
  ...Object.values(WEBHOOK_ROUTES),
  ...Object.values(RUN_ROUTES),
  ...Object.values(MARKET_SCAN_ROUTES),
  ...Object.values(CONTINUOUS_ROUTES),
  ...Object.values(MODEL_ROUTES),
  ...Object.values(OUTCOME_ROUTES),
  ...Object.values(MARKET_ROUTES),
];
