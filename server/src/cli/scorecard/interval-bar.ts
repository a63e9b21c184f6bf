const WIDTH = 22;

/** A share within its interval on a line from 0 to 100 %, its middle marked: `···········┼──●──········`. Empty without a share. */
export function intervalBar(
  share: number | null,
  interval: { readonly low: number; readonly high: number } | null,
): string {
  if (share === null || interval === null) return '';
  const place = (ratio: number) => Math.min(WIDTH, Math.round(ratio * WIDTH));
  return Array.from({ length: WIDTH + 1 }, (_, at) => {
    if (at === place(share)) return '●';
    if (at >= place(interval.low) && at <= place(interval.high)) return '─';
    return at === WIDTH / 2 ? '┊' : ' ';
  }).join('');
}
