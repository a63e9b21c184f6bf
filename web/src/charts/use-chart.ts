import { createChart, type IChartApi } from 'lightweight-charts';
import { useEffect, useRef, useState } from 'react';
import { useSettings } from '../settings/use-settings.ts';
import { type ChartColors, useChartColors } from './chart-colors.ts';
import { toTimeOptions } from './chart-time.ts';

/** Small enough for years of days on a telephone. */
const MIN_SPACING_PX = 0.05;
/** Room right of the newest point, so that its time stands whole on the axis. */
const LAST_LABEL_PX = 28;

/** A chart in the element of the ref, in the present colours and time zone; `null` until it stands. */
export function useChart() {
  const element = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<IChartApi | null>(null);
  const colors = useChartColors();
  const { timeZone } = useSettings();

  useEffect(() => {
    if (!element.current) return;
    // The logo would need a style element of its own, which the page's policy refuses; the credit stands below the chart.
    const made = createChart(element.current, { autoSize: true, layout: { attributionLogo: false } });
    setChart(made);
    return () => {
      setChart(null);
      queueMicrotask(() => made.remove()); // whoever drew on it takes that away first
    };
  }, []);

  useEffect(() => chart?.applyOptions(toLook(colors)), [chart, colors]);
  useEffect(() => chart?.applyOptions(toTimeOptions(timeZone)), [chart, timeZone]);
  return { element, chart, colors };
}

function toLook({ text, grid, surface }: ChartColors) {
  return {
    layout: { background: { color: surface }, textColor: text, panes: { separatorColor: grid } },
    grid: { vertLines: { color: grid }, horzLines: { color: grid } },
    rightPriceScale: { borderColor: grid },
    timeScale: {
      borderColor: grid,
      timeVisible: true,
      secondsVisible: false,
      minBarSpacing: MIN_SPACING_PX,
      rightOffsetPixels: LAST_LABEL_PX,
    },
  };
}
