import { InvalidEventPattern } from './invalid-event-pattern.ts';
import { isInBlock, readIp } from './ip-address.ts';
import { textOf } from './text-matchers.ts';

const refuse = (reason: string): never => {
  throw new InvalidEventPattern(reason);
};

/** Whether a text is the wanted one; an address equals another way of writing it. */
export function equalTo(wanted: string): (text: string) => boolean {
  const ip = readIp(wanted);
  if (!ip) return (text) => text === wanted;
  return (text) => {
    const other = readIp(text);
    return other?.bits === ip.bits && other.value === ip.value;
  };
}

/** Whether a text is an address of a block. Reasons: aws/event-ruler, CIDR. */
export function cidrTest(operand: unknown): (text: string) => boolean {
  // The compiler's own slip: it says `prefix` of a CIDR that is no text.
  const [address = '', mask, ...rest] = textOf(operand, 'prefix').split('/');
  if (mask === undefined || rest.length > 0) return refuse("Malformed CIDR, one '/' required");
  if (!/^[+-]?\d+$/.test(mask)) return refuse('Malformed CIDR, mask bits must be an integer');
  const maskBits = Number(mask);
  if (maskBits < 0) return refuse('Malformed CIDR, mask bits must not be negative');
  const start = readIp(address);
  if (!start) return refuse(`Nonstandard IP address: ${address}`);
  if (maskBits >= start.bits) return refuse(`IPv${start.bits === 32 ? 4 : 6} mask bits must be < ${start.bits}`);
  return (text) => {
    const ip = readIp(text);
    return ip !== undefined && isInBlock(ip, start, maskBits);
  };
}
