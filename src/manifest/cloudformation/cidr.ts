/**
 * The blocks `Fn::Cidr` cuts from a block of addresses: `count` of them, each with `bits` bits for its hosts. Undefined for
 * what it would refuse.
 */
export function cidrBlocks(block: string, count: number, bits: number): readonly string[] | undefined {
  const [address = '', length = ''] = block.split('/');
  const isV6 = address.includes(':');
  const width = isV6 ? 128 : 32;
  const start = isV6 ? numberOfV6(address) : numberOfV4(address);
  if (start === undefined || !/^\d{1,3}$/.test(length)) return undefined;
  if (!Number.isInteger(count) || count < 1 || count > 256 || !Number.isInteger(bits) || bits < 1 || bits > width)
    return undefined;
  const room = width - Number(length);
  if (room < bits || (room - bits < 9 && count > 2 ** (room - bits))) return undefined;
  const first = (start >> BigInt(room)) << BigInt(room);
  return Array.from({ length: count }, (_, index) => {
    const at = first + (BigInt(index) << BigInt(bits));
    return `${isV6 ? spellV6(at) : spellV4(at)}/${width - bits}`;
  });
}

function numberOfV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
}

function numberOfV6(text: string): bigint | undefined {
  const [left = '', right, more] = text.split('::');
  if (more !== undefined) return undefined;
  const head = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const missing = 8 - head.length - tail.length;
  if (right === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

const spellV4 = (address: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join('.');

/** With the longest run of zero groups left out, as addresses are written. */
function spellV6(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  ).join(':');
  const runs = [...groups.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map(([run]) => run);
  const [longest] = runs.sort((one, other) => other.length - one.length);
  if (longest === undefined) return groups;
  const at = groups.indexOf(longest);
  const head = groups.slice(0, at);
  const tail = groups.slice(at + longest.length).replace(/^:/, '');
  return `${head}::${tail}`;
}
