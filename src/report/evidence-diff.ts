import type { RequirementChange } from '#model/change.js';
import { labelOf } from '#model/control.js';
import type { SupportChange } from '#model/support.js';
import { visible } from '#model/unseen.js';

interface Side {
  bundle: string;
  collectedAt: string;
  baseline: string;
  counts: string;
}

interface Told {
  from: Side;
  to: Side;
  caveats: readonly string[];
  changes: readonly SupportChange[];
  otherwise: readonly RequirementChange[];
  kept: number;
  against: number;
  waived: number;
}

const said: Readonly<Record<string, string>> = {
  pass: 'supported',
  fail: 'contradicted by a failed requirement',
  unknown: 'open: something is not settled',
  error: 'not judged because of an error',
  waived: 'waived',
  'not-applicable': 'not applicable',
  absent: 'not spoken of',
};

const titles = [
  ['lost', 'LOST SUPPORT'],
  ['gained', 'GAINED SUPPORT'],
  ['other', 'CHANGED OTHERWISE'],
] as const;

/** For an assessor: what a control had, what it has, and what made the difference. */
export function evidenceDiffText({ from, to, caveats, changes, otherwise, kept, against, waived }: Told): string {
  const lines = [
    `from  ${from.collectedAt}  sha256:${from.bundle}`,
    `      ${from.counts} against ${from.baseline}`,
    `to    ${to.collectedAt}  sha256:${to.bundle}`,
    `      ${to.counts} against ${to.baseline}`,
    ...caveats.map((caveat) => `note: ${visible(caveat)}`),
  ];
  for (const [change, title] of titles) {
    const these = changes.filter((each) => each.change === change);
    if (these.length === 0) continue;
    lines.push('', `${title}: ${these.length} ${these.length === 1 ? 'control' : 'controls'}`);
    for (const each of these) {
      lines.push(`  ${labelOf(each.control)}  was ${said[each.from]}, is ${said[each.to]}`);
      lines.push(
        ...each.because.map((one) => `    because ${why(one)}`),
        ...moved('no longer there', each.removed),
        ...moved('new', each.added),
      );
    }
  }
  if (otherwise.length > 0) {
    const [found, more] = [otherwise.slice(0, mostFound), otherwise.length - mostFound];
    lines.push('', `WRONG IN ANOTHER WAY: ${otherwise.length}`, ...found.map((one) => `  ${why(one)}`));
    if (more > 0) lines.push(`  and ${more} more; --json lists them`);
  }
  if (changes.length === 0) lines.push('', 'No control gained or lost support.');
  lines.push('', `${controls(kept)} supported in both.`);
  lines.push(`${controls(against)} contradicted or open in both, in the same way.`);
  if (waived > 0) lines.push(`${controls(waived)} supported but for accepted deviations in both.`);
  lines.push('');
  return lines.join('\n');
}

const controls = (count: number): string => `${count} ${count === 1 ? 'control is' : 'controls are'}`;

/** Where no requirement explains a change: the resources that came or went with it, and of many how many more. */
const moved = (how: string, resources: readonly string[]): string[] => [
  ...resources.slice(0, mostNamed).map((name) => `    ${how}: ${visible(name)}`),
  ...(resources.length > mostNamed ? [`    ${how}: ${resources.length - mostNamed} more; --json lists them`] : []),
];

const mostNamed = 10;
const mostFound = 50;

const why = ({ requirement, resource, file, from, to, reason }: SupportChange['because'][number]): string =>
  `${requirement} on ${visible(resource)}${file === '' ? '' : ` (${visible(file)})`}: ${from} → ${to}. ${visible(reason)}`;
