import { UsageError } from '../io.ts';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90m`, `36h`, `14d` before now, or a time in ISO 8601 (UTC where it names no offset), in milliseconds since 1970. */
export function parseSince(text: string, now: number): number {
  const [, count, unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * (UNITS[unit] ?? 0);
  const isTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text);
  const at = isTime ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new UsageError(
    `--since takes minutes, hours or days, such as 90m, 36h or 14d, or a time such as 2026-11-24T09:00:00Z, not '${text}'`,
  );
}
