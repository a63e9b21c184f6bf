import { describeStreamingIndicator } from '../../../contracts/streaming-indicator.contract.ts';
import { arbitraryCandles } from './arbitrary-candles.ts';
import { INDICATOR_CASES } from './indicator-cases.ts';

for (const indicator of INDICATOR_CASES) describeStreamingIndicator(indicator, arbitraryCandles);
