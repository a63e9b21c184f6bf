export {
  type ExchangeServer,
  type ExchangeServerOptions,
  exchangeOptionsFor,
  startExchangeServer,
} from './exchange-server.ts';
export { CANDLE_FAULTS, type CandleFault, type Fault, type FaultRule } from './fault.ts';
export type { SeenRequest } from './request-log.ts';
export type { TickerStream } from './ticker-stream.ts';
