import { formatAge } from '../format/format-duration.ts';
import { formatTime, type TimeStyle } from '../format/format-time.ts';
import { useNow } from '../hooks/use-now.ts';
import { useSettings } from '../settings/use-settings.ts';

interface TimeTextProps {
  /** ISO text or epoch ms; `null` shows a dash. */
  readonly value: string | number | null;
  /** Default `datetime`; `age` counts on: "4 min ago". */
  readonly style?: TimeStyle | 'age';
}

/** A moment in the zone that the user chose. The tooltip has it in full. */
export function TimeText({ value, style = 'datetime' }: TimeTextProps) {
  if (value === null) return <>–</>;
  return style === 'age' ? <AgeText value={value} /> : <MomentText value={value} style={style} />;
}

function MomentText({ value, style }: { readonly value: string | number; readonly style: TimeStyle }) {
  const { timeZone } = useSettings();
  const iso = new Date(value).toISOString();
  return (
    <time dateTime={iso} title={iso}>
      {formatTime(value, { style, timeZone })}
    </time>
  );
}

function AgeText({ value }: { readonly value: string | number }) {
  const now = useNow();
  const moment = new Date(value);
  return (
    <time dateTime={moment.toISOString()} title={moment.toISOString()}>
      {formatAge(now - moment.getTime())}
    </time>
  );
}
