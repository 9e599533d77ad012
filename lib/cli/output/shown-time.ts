/** A time to the second, as every column shows it. */
export const shownTime = (iso: string): string => iso.replace('T', ' ').replace(/(\.\d+)?Z$/, 'Z');

const UNITS = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'm'],
  [1, 's'],
] as const;

/** How long, in the largest unit and the one below: `2d 3h`, `14m 5s`, `0s`. */
export function shownDuration(seconds: number): string {
  const whole = Math.floor(seconds);
  const index = UNITS.findIndex(([size]) => whole >= size);
  if (index === -1) return '0s';
  let rest = whole;
  const parts = UNITS.slice(index, index + 2).map(([size, unit]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? `${count}${unit}` : '';
  });
  return parts.filter((part) => part !== '').join(' ');
}
