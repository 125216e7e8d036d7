import { labelOf } from '#model/control.js';
import type { Verdict } from '#model/verdict.js';
import { controlWord } from './said.js';

type State = Verdict | 'not-judged';

interface Told {
  reaches: readonly {
    systemId: string;
    environment: string;
    from: string;
    to: string;
    longestGap: number;
    asked: readonly { rule: string; class: string; months: number; isCovered: boolean }[];
  }[];
  entries: readonly {
    collectedAt: string;
    systemId: string;
    environment: string;
    sequence: number;
    bundle: string;
    signedBy: readonly string[];
    verdict: string | null;
    controls: Readonly<Record<string, Verdict>>;
  }[];
  controls: Readonly<Record<string, readonly State[]>>;
  indicators: Readonly<Record<string, readonly { state: State; passing: number; judged: number }[]>>;
}

/**
 * For each system by itself, since states of two are no course of one: the bundles in order of time, then each indicator and each
 * control whose state changed, from the first to the last.
 */
export function historyText(told: Told): string {
  const chains = new Map<string, Set<number>>();
  for (const [index, entry] of told.entries.entries()) {
    const own = chains.get(chainOf(entry));
    if (own) own.add(index);
    else chains.set(chainOf(entry), new Set([index]));
  }
  if (chains.size < 2) return chainText(told);
  return [...chains].map(([chain, own]) => chainText(partOf(told, chain, own))).join('\n');
}

const chainOf = ({ systemId, environment }: { systemId: string; environment: string }): string =>
  `${systemId}/${environment}`;

/** What is told of some of the bundles alone. */
function partOf({ reaches, entries, controls, indicators }: Told, chain: string, own: ReadonlySet<number>): Told {
  const of = <One>(all: readonly One[]): One[] => all.filter((_, index) => own.has(index));
  return {
    reaches: reaches.filter((reach) => chainOf(reach) === chain),
    entries: of(entries),
    controls: Object.fromEntries(Object.entries(controls).map(([id, states]) => [id, of(states)])),
    indicators: Object.fromEntries(
      Object.entries(indicators)
        .map(([id, states]) => [id, of(states)] as const)
        .filter(([, states]) => states.some(({ judged }) => judged > 0)),
    ),
  };
}

function chainText({ reaches, entries, controls, indicators }: Told): string {
  const rows = entries.map((entry) => {
    const { collectedAt, systemId, environment, sequence, bundle, signedBy, verdict, controls: states } = entry;
    const doubt = signedBy.length > 0 ? '' : '  nobody vouched for it';
    const all = Object.values(states);
    const supported = all.filter((state) => state === 'pass').length;
    const counted = `${supported} of ${all.length} controls judged are supported in part`;
    return `  ${collectedAt.slice(0, 10)}  ${systemId}/${environment} ${sequence}  ${(verdict ?? 'no verdict').padEnd(10)}  ${counted}  ${bundle.slice(0, 12)}${doubt}`;
  });
  const ksi = Object.entries(indicators).map(
    ([id, states]) =>
      `  ${id.padEnd(12)}  ${states.map(({ state, passing, judged }) => (judged === 0 ? state : `${controlWord(state)} ${passing}/${judged}`)).join(' → ')}`,
  );
  const changed = Object.entries(controls).filter(([, states]) => new Set(states).size > 1);
  return [
    `${entries.length} ${entries.length === 1 ? 'bundle' : 'bundles'}`,
    ...rows,
    '',
    ...reaches.flatMap((reach) => [reachText(reach), '']),
    'Key Security Indicators (the worst of the controls related to each; how many of those judged are supported in part)',
    ...ksi,
    '',
    changed.length === 0 ? 'No control changed.' : 'Controls that changed',
    ...changed.map(([id, states]) => `  ${labelOf(id).padEnd(12)}  ${states.map(controlWord).join(' → ')}`),
    '',
  ].join('\n');
}

function reachText({ systemId, environment, from, to, longestGap, asked }: Told['reaches'][number]): string {
  const days = longestGap === 0 ? 'never a day' : `at most ${longestGap} ${longestGap === 1 ? 'day' : 'days'}`;
  const classes = asked.map(
    ({ rule, class: of, months, isCovered }) =>
      `  ${rule} asks Class ${of.toUpperCase()} for ${months} months: ${isCovered ? 'it goes back that far' : 'it does not go back that far'}`,
  );
  return [`${systemId}/${environment} from ${from} to ${to}, ${days} without a bundle`, ...classes].join('\n');
}

/** What verifying a ledger or a proof found. */
export function ledgerText(told: {
  proves?: string;
  problems: readonly string[];
  missing: readonly string[];
  notes: readonly string[];
  size: number;
  root: string;
}): string {
  return [
    told.problems.length === 0 ? 'HOLDS' : 'NOT TRUSTED',
    `head  ${told.size}:${told.root}`,
    ...(told.proves === undefined ? [] : [`of    ${told.proves}`]),
    ...told.problems.map((problem) => `  problem: ${problem}`),
    ...told.missing.map((link) => `  missing: ${link}`),
    ...told.notes.map((note) => `  note: ${note}`),
    '',
  ].join('\n');
}
