/** Seconds from one time to another; negative where the other is earlier, NaN where one can't be read. */
export function secondsBetween(earlier: string, later: string): number {
  return (Date.parse(later) - Date.parse(earlier)) / 1000;
}

/** The whole second of a time, since 1970: IAM tells whole seconds, EKS and we fractions of them. */
export function secondOf(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}
