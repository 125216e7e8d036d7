import { labelOf } from '#model/control.js';
import type { SupportChange } from '#model/support.js';
import { visible } from '#model/unseen.js';

interface Told {
  from: { bundle: string; collectedAt: string; baseline: string };
  to: { bundle: string; collectedAt: string; baseline: string };
  caveats: readonly string[];
  changes: readonly SupportChange[];
  kept: number;
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
export function evidenceDiffText({ from, to, caveats, changes, kept }: Told): string {
  const lines = [
    `from  ${from.collectedAt}  sha256:${from.bundle}`,
    `to    ${to.collectedAt}  sha256:${to.bundle}`,
    ...caveats.map((caveat) => `note: ${visible(caveat)}`),
  ];
  for (const [change, title] of titles) {
    const these = changes.filter((each) => each.change === change);
    if (these.length === 0) continue;
    lines.push('', `${title}: ${these.length} ${these.length === 1 ? 'control' : 'controls'}`);
    for (const each of these) {
      lines.push(`  ${labelOf(each.control)}  was ${said[each.from]}, is ${said[each.to]}`);
      lines.push(...each.because.map(why), ...each.resources.map((name) => `    came or went: ${visible(name)}`));
    }
  }
  if (changes.length === 0) lines.push('', 'No control gained or lost support.');
  lines.push('', `${kept} ${kept === 1 ? 'control is' : 'controls are'} supported in both.`, '');
  return lines.join('\n');
}

const why = ({ requirement, resource, file, from, to, reason }: SupportChange['because'][number]): string =>
  `    because ${requirement} on ${visible(resource)}${file === '' ? '' : ` (${visible(file)})`}: ${from} → ${to}. ${visible(reason)}`;
