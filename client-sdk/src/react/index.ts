export { ScannerProvider, type ScannerProviderProps, useScannerClient } from './scanner-provider.tsx';
export { useConnection } from './use-connection.ts';
export { type QuickScan, type UseQuickScanOptions, useQuickScan } from './use-quick-scan.ts';
export { useScan } from './use-scan.ts';
