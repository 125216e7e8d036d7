/** What counts as wide in a family of addresses. */
interface Family {
  /** A range wider than this is wide unless it is private. */
  border: number;
  /** Ranges nobody on the internet has: their first 16 bits and their prefix, which is no longer. */
  private: readonly (readonly [start: number, prefix: number])[];
}

/** RFC 1918, the shared space of RFC 6598, and what RFC 6890 has for loopback, links and benchmarks, which pods are given too. */
const four: Family = {
  border: 16,
  private: [
    [0x0a00, 8],
    [0x6440, 10],
    [0x7f00, 8],
    [0xa9fe, 16],
    [0xac10, 12],
    [0xc0a8, 16],
    [0xc612, 15],
  ],
};

/** RFC 4193 and link-local addresses. */
const six: Family = {
  border: 32,
  private: [
    [0xfc00, 7],
    [0xfe80, 10],
  ],
};

/** Whether a text is a range in CIDR notation that takes in much of the internet; a text that is no range does not. */
export function isWide(text: string): boolean {
  const [, address = '', digits] = /^([0-9a-fA-F.:]+)\/([0-9]{1,3})$/.exec(text) ?? [];
  if (digits === undefined) return false;
  const family = address.includes(':') ? six : four;
  const start = family === six ? firstGroup(address) : firstOctets(address);
  const prefix = Number(digits);
  const isIn = ([first, length]: readonly [number, number]): boolean =>
    prefix >= length && start >> (16 - length) === first >> (16 - length);
  return prefix < family.border && !family.private.some(isIn);
}

/** The same of a text of which only the end is known; undefined where the beginning decides. */
export function endsWide(end: string): boolean | undefined {
  const digits = /\/([0-9]{1,3})$/.exec(end)?.[1];
  if (digits === undefined) return undefined;
  const prefix = Number(digits);
  const families = end.includes(':') ? [six] : [four, six];
  if (families.every((family) => family.private.every(([, length]) => prefix < length))) return true;
  return families.every(({ border }) => prefix >= border) ? false : undefined;
}

/** The first 16 bits of an IPv4 address; octets that are left out are 0. */
function firstOctets(address: string): number {
  const [first = 0, second = 0] = address.split('.').map(Number);
  return first * 256 + second;
}

/** The first 16 bits of an IPv6 address. */
const firstGroup = (address: string): number => Number.parseInt(address.split(':', 1)[0] || '0', 16);
