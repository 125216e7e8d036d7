/** The two halves of an IPv4 network, one for each zone. */
export function halves(cidr: string): [string, string] {
  const [address = '', prefix = ''] = cidr.split('/');
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const length = Number(prefix) + 1;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const spell = (number: number): string =>
    [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
  return [`${spell(first)}/${length}`, `${spell(first + 2 ** (32 - length))}/${length}`];
}
