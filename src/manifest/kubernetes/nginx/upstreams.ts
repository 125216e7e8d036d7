import type { Directive } from './directives.js';
import { placeOf } from './listeners.js';
import { type Chain, saidIn } from './scope.js';

interface Target {
  addresses: readonly { host: string; port: string }[];
  /** Whether what is handed on is not encrypted. */
  isPlain: boolean;
}

/** Where a pass hands requests on to: an address, or all those of the group it names. */
export function addressesOf({ words }: Directive, chain: Chain, kind: 'http' | 'stream'): Target {
  const spelt = filled(words[0] ?? '', chain);
  const [, scheme = '', rest = spelt] = /^(https?|grpcs?):\/\/(.*)$/s.exec(spelt) ?? [];
  const isUnix = rest.startsWith('unix:');
  const place = isUnix ? 'unix:' : rest.replace(/(?:\/|\$(?:(?:request_)?uri|is_args|\d))[\s\S]*$/, '');
  const isEncrypted =
    kind === 'stream' ? saidIn('proxy_ssl', chain)[0]?.words[0] === 'on' : scheme === 'https' || scheme === 'grpcs';
  const members = groupNamed(place, chain) ?? [place];
  return { addresses: members.map(placeOf), isPlain: !isEncrypted };
}

/** The servers of a group of that name. */
function groupNamed(name: string, chain: Chain): readonly string[] | undefined {
  for (const block of chain) {
    const group = block.find((each) => each.name === 'upstream' && each.words[0] === name)?.block;
    if (group) return group.filter((each) => each.name === 'server').map(({ words }) => words[0] ?? '');
  }
  return undefined;
}

/** A variable the blocks around set to one text stands for it. */
function filled(text: string, chain: Chain): string {
  return text.replace(/\$\{?(\w+)\}?/g, (whole, variable: string) => {
    const set = chain.flat().filter(({ name, words }) => name === 'set' && words[0] === `$${variable}`);
    const [only, ...more] = new Set(set.map(({ words }) => words[1] ?? ''));
    return only === undefined || more.length > 0 || only.includes('$') ? whole : only;
  });
}
