/** An IPv4 range as numbers: first address and prefix length. */
export interface Range {
  first: number;
  prefix: number;
}

/** Reads `10.20.0.0/16`; the schema has already checked the form. */
export function rangeOf(cidr: string): Range {
  const [address = '', prefix = '0'] = cidr.split('/');
  const first = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { first, prefix: Number(prefix) };
}

const size = (prefix: number): number => 2 ** (32 - prefix);

const text = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');

/** RFC 1918 and the shared space of RFC 6598, which VPCs may use too. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map(rangeOf);

const within = (inner: Range, outer: Range): boolean =>
  inner.first >= outer.first && inner.first + size(inner.prefix) <= outer.first + size(outer.prefix);

/** What is wrong with a VPC's range, as the end of a sentence; undefined when nothing is. `smallest` is a prefix length. */
export function rangeFault(cidr: string, smallest: number): string | undefined {
  const range = rangeOf(cidr);
  const aligned = range.first - (range.first % size(range.prefix));
  if (aligned !== range.first)
    return `does not start on a /${range.prefix} border; use ${text(aligned)}/${range.prefix}`;
  if (range.prefix > smallest) return `is too small to hold the subnets; use /${smallest} or larger`;
  if (!privateRanges.some((outer) => within(range, outer))) return 'is not a private range (RFC 1918 or 100.64.0.0/10)';
  return undefined;
}
