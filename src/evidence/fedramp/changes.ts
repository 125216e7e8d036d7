import { labelOf } from '#model/control.js';
import type { Verdict } from '#model/verdict.js';
import { compare } from '../oscal/assessment.js';
import { markup } from '../oscal/text.js';
import type { BundleState, Earlier } from './earlier.js';

/** What this evidence says, to be held against what the earlier said. */
export interface Present {
  baseline: string;
  controls: Readonly<Record<string, Verdict>>;
  state: BundleState;
}

/** A list this long is a summary no more; the rest is counted. */
const most = 40;

/** What changed in what evidence holds, a sentence each. That nothing did is a sentence too. */
export function changesSince(earlier: Earlier, present: Present): string[] {
  const compared = `Compared with the evidence ${earlier.bundle} of ${earlier.collectedAt.slice(0, 10)}`;
  const trust =
    earlier.trust === 'verified'
      ? 'which is signed by a pinned key'
      : earlier.from === 'ledger'
        ? 'as a ledger remembers it; manifests and endpoints are not compared'
        : 'whose digests hold and whose signature was not checked';
  const changes = [
    ...baselineChange(earlier, present),
    ...controlChanges(earlier.controls, present.controls),
    ...(earlier.state ? stateChanges(earlier.state, present.state) : []),
  ];
  return [`${compared}, ${trust}.`, ...(changes.length > 0 ? changes : ['Nothing that was compared has changed.'])];
}

const baselineChange = (earlier: Earlier, { baseline }: Present): string[] =>
  earlier.baseline === baseline ? [] : [`The baseline was ${markup(earlier.baseline)} and is ${markup(baseline)}.`];

function controlChanges(before: Present['controls'], after: Present['controls']): string[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compare);
  const stateIn = (side: Present['controls'], id: string): string =>
    Object.hasOwn(side, id) ? String(side[id]) : 'not judged';
  const changed = ids
    .map((id) => ({ id, from: stateIn(before, id), to: stateIn(after, id) }))
    .filter(({ from, to }) => from !== to);
  const told = (rows: typeof changed): string =>
    counted(rows.map(({ id, from, to }) => `${markup(labelOf(id))} (${from} to ${to})`));
  const lost = changed.filter(({ from }) => from === 'pass');
  const gained = changed.filter(({ to }) => to === 'pass');
  const other = changed.filter(({ from, to }) => from !== 'pass' && to !== 'pass');
  return [
    ...(lost.length > 0 ? [`Controls that lost the support of evidence: ${told(lost)}.`] : []),
    ...(gained.length > 0 ? [`Controls that gained the support of evidence: ${told(gained)}.`] : []),
    ...(other.length > 0 ? [`Controls whose evidence changed otherwise: ${told(other)}.`] : []),
  ];
}

function stateChanges(before: BundleState, after: BundleState): string[] {
  return [
    ...mapChanges('Model endpoints', before.endpoints, after.endpoints),
    ...mapChanges('Manifests', before.manifests, after.manifests),
    ...(same(before.regions, after.regions)
      ? []
      : [
          `Regions of the boundary were ${counted(before.regions.map(markup))}; they are ${counted(after.regions.map(markup))}.`,
        ]),
    ...(before.controlData === after.controlData
      ? []
      : [`The control data judged with changed: its SHA-256 digest is ${markup(after.controlData)}.`]),
    ...(before.toolVersion === after.toolVersion
      ? []
      : [`Rampart ${markup(after.toolVersion)} judged instead of ${markup(before.toolVersion)}.`]),
  ];
}

function mapChanges(
  what: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort(compare);
  const rows = [
    ['added', names.filter((name) => !old.has(name))],
    ['removed', names.filter((name) => !now.has(name))],
    ['changed', names.filter((name) => old.has(name) && now.has(name) && old.get(name) !== now.get(name))],
  ] as const;
  return rows.flatMap(([how, found]) => (found.length > 0 ? [`${what} ${how}: ${counted(found.map(markup))}.`] : []));
}

const same = (left: readonly string[], right: readonly string[]): boolean =>
  JSON.stringify([...left].sort()) === JSON.stringify([...right].sort());

const counted = (items: readonly string[]): string =>
  items.length <= most ? items.join(', ') : `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
