export { TIMEFRAMES } from '@fast-scanner/client';
