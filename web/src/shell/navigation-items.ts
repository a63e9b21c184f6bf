import {
  BellRing,
  ChartCandlestick,
  FlaskConical,
  type LucideIcon,
  Radar,
  Radio,
  Settings,
  Target,
} from 'lucide-react';

interface NavigationItem {
  readonly path: string;
  readonly label: string;
  readonly icon: LucideIcon;
}

/** The pages one can go to, in the order of the shell. A symbol's page is reached from the others. */
export const NAVIGATION: readonly NavigationItem[] = [
  { path: '/', label: 'Scanner', icon: Radar },
  { path: '/runs', label: 'Arm scanner', icon: Target },
  { path: '/backtest', label: 'Market scan', icon: FlaskConical },
  { path: '/continuous', label: 'Continuous', icon: Radio },
  { path: '/alerts', label: 'Alerts', icon: BellRing },
  { path: '/scorecard', label: 'Scorecard', icon: ChartCandlestick },
];

export const SETTINGS_ITEM: NavigationItem = { path: '/settings', label: 'Settings', icon: Settings };
