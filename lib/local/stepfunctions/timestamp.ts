// Hours, minutes and seconds, then a fraction of up to nine digits, then an offset: what Java's OffsetDateTime reads as
// "ISO-8601 extended offset date-time", which is what AWS's message calls it.
const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})$/;

/** The moment that an ISO-8601 timestamp with an offset names, in milliseconds since 1970; `undefined` for any other text. */
export function parseTimestamp(text: string): number | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second = '00', fraction = '', offset = 'Z'] = match;
  // Date.parse rolls 30 February over to March; a real date reads the same after the round trip.
  const date = `${year}-${month}-${day}`;
  const midnight = new Date(`${date}T00:00:00.000Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== date) return undefined;
  if (Number(hour) > 23) return undefined;
  const moment = Date.parse(`${date}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`);
  return Number.isNaN(moment) ? undefined : moment;
}
