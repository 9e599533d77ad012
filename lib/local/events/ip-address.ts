import { isIPv4, isIPv6 } from 'node:net';

/** An IP address as a number, and how many bits addresses of its kind have. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** Reads an IPv4 or IPv6 address. */
export function readIp(text: string): IpAddress | undefined {
  if (isIPv4(text)) return { bits: 32, value: fromParts(text.split('.').map(Number), 8n) };
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const [head = '', tail] = withoutDottedEnd(text).split('::');
  const before = groups(head);
  const after = groups(tail ?? '');
  const gap = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return { bits: 128, value: fromParts([...before, ...gap, ...after], 16n) };
}

/** Whether an address lies between a CIDR's own address and the end of its block, as aws/event-ruler's CIDR has it. */
export function isInBlock(address: IpAddress, start: IpAddress, maskBits: number): boolean {
  if (address.bits !== start.bits) return false;
  const end = start.value | ((1n << BigInt(start.bits - maskBits)) - 1n);
  return address.value >= start.value && address.value <= end;
}

const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));

const fromParts = (parts: readonly number[], width: bigint) =>
  parts.reduce((value, part) => (value << width) | BigInt(part), 0n);

/** `::ffff:10.0.0.1` as `::ffff:a00:1`. */
function withoutDottedEnd(text: string): string {
  const dotted = /[^:]+\.[^:]+$/.exec(text)?.[0];
  if (!dotted) return text;
  const [one = 0, two = 0, three = 0, four = 0] = dotted.split('.').map(Number);
  const high = (one * 256 + two).toString(16);
  const low = (three * 256 + four).toString(16);
  return `${text.slice(0, -dotted.length)}${high}:${low}`;
}
