import { isWide } from '#model/address-range.js';
import { isLoopback } from './listeners.js';
import type { Chain } from './scope.js';

/** What `allow` and `deny` say of addresses outside of the pod. */
export interface Addresses {
  allowed: 'none' | 'some' | 'all';
  areOthersDenied: boolean;
}

/** The innermost block with such rules takes the place of those around; the first rule that fits an address decides. */
export function addressesIn(chain: Chain): Addresses {
  const rules = chain.map((block) => block.filter(({ name }) => name === 'allow' || name === 'deny'));
  const here = rules.findLast((each) => each.length > 0) ?? [];
  const end = here.findIndex(({ words }) => words[0] === 'all');
  // With this, callers say themselves which address they have.
  const isTold = chain.flat().some(({ name }) => name === 'set_real_ip_from');
  const allowed = (end === -1 ? here : here.slice(0, end + 1))
    .filter(({ name }) => name === 'allow')
    .map(({ words }) => words[0] ?? '')
    .filter((range) => isTold || !isInside(range));
  const isAll = allowed.some((range) => range === 'all' || isWide(range));
  return {
    allowed: isAll ? 'all' : allowed.length > 0 ? 'some' : 'none',
    areOthersDenied: here[end]?.name === 'deny',
  };
}

const isInside = (range: string): boolean =>
  range === 'unix:' || range === '::1' || isLoopback(range.replace(/\/\d+$/, ''));
