export { ScannerProvider, type ScannerProviderProps, useScannerClient } from './scanner-provider.tsx';
export { useConnection } from './use-connection.ts';
export { type MarketScanHook, type UseMarketScanOptions, useMarketScan } from './use-market-scan.ts';
export { type QuickScan, type UseQuickScanOptions, useQuickScan } from './use-quick-scan.ts';
export { useScan } from './use-scan.ts';
export { type ScanRun, type UseScanRunOptions, useScanRun } from './use-scan-run.ts';
