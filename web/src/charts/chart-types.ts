import type { Direction } from '../format/direction.ts';

/** `[openTime ms, open, high, low, close, volume]`, as the API sends candles. */
export type CandleRow = readonly number[];

export interface ChartPoint {
  /** Epoch ms. */
  readonly time: number;
  /** `null` leaves a gap. */
  readonly value: number | null;
}

/** A line over candles, or one of a line chart. */
export interface ChartLine {
  readonly id: string;
  readonly label: string;
  /** CSS colour, no variable; default one of the chart's own. */
  readonly color?: string;
  readonly points: readonly ChartPoint[];
  /** 0: with the candles (default); 1 and more: below them, with a scale of its own. */
  readonly pane?: number;
  readonly isDashed?: boolean;
  /** Columns from zero instead of a line. */
  readonly isHistogram?: boolean;
}

/** A level across the chart: an entry, a stop, a target. */
export interface ChartLevel {
  readonly price: number;
  readonly label: string;
  readonly direction: Direction;
  readonly isDashed?: boolean;
}

/** A mark at a candle. */
export interface ChartMarker {
  /** Epoch ms: the open time of the candle. */
  readonly time: number;
  readonly direction: Direction;
  readonly label: string;
}

export interface ChartProps {
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
  /** Default 360 px. */
  readonly height?: number;
}

export interface CandleChartProps extends ChartProps {
  readonly candles: readonly CandleRow[];
  readonly lines?: readonly ChartLine[];
  readonly levels?: readonly ChartLevel[];
  readonly markers?: readonly ChartMarker[];
  /** Default true. */
  readonly showsVolume?: boolean;
}

export interface LineChartProps extends ChartProps {
  readonly lines: readonly ChartLine[];
  /** Writes the values of the scale; default a plain number. */
  readonly formatValue?: (value: number) => string;
  /** A horizontal line, such as the capital one began with. */
  readonly baseline?: number;
}
