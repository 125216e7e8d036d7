import type {
  Categorized,
  ChangeKind,
  JudgedResource,
  Notice,
  RequirementChange,
  ResultDiff,
  TypeCount,
} from '#model/change.js';
import { labelOf } from '#model/control.js';
import { visible } from '#model/unseen.js';
import type { Palette } from './palette.js';
import { controlWord } from './said.js';
import { markdown } from './table-text.js';

const categories: Readonly<Record<Categorized['category'], string>> = {
  'routine-recurring': 'routine recurring',
  adaptive: 'adaptive',
  transformative: 'transformative',
  'class-change': 'certification class change',
  'needs-a-person': 'needs a person',
  'none-seen': 'no change that Rampart judges',
};

const placeOf = ({ type, resource, file }: JudgedResource): string =>
  visible(`${resource} (${type}${file ? `, ${file}` : ''})`);

const listed = 50;

/** What differs, for people. */
export function diffHuman(diff: ResultDiff, change: Categorized, palette: Palette): string {
  const { requirements, controls, resources, unnamed } = diff;
  const paint = { worse: palette.red, better: palette.green, other: palette.yellow };
  const blocks = [
    `${palette.bold(`${visible(diff.from)} → ${visible(diff.to)}`)}\n`,
    ...diff.caveats.map((each) => `${palette.yellow('beware')}  ${visible(each)}\n`),
    ...some('Requirements', requirements, (each) => requirementText(each, paint[each.change])),
    ...some('Controls', controls, ({ control, from, to, change: how }) => [
      `  ${paint[how](how)}  ${labelOf(control)}  ${controlWord(from)} → ${controlWord(to)}`,
    ]),
    ...some('Resources that are new', resources.added, (each) => [`  + ${placeOf(each)}`]),
    ...some('Resources that are gone', resources.removed, (each) => [`  - ${placeOf(each)}`]),
    ...some(unnamedTitle, unnamed, (each) => [`  ${countOf(each)}`]),
    categoryText(change, palette),
    sumText(diff),
  ];
  return `${blocks.join('\n')}\n`;
}

const unnamedTitle = 'Resources of types that no requirement names';

const countOf = ({ type, from, to }: TypeCount): string => `${visible(type)}  ${from} → ${to}`;

const requirementText = (each: RequirementChange, paint: (text: string) => string): string[] => [
  `  ${paint(each.change)}  ${each.severity}  ${each.requirement}  ${each.from} → ${each.to}  ${each.controls.map(labelOf).join(' ')}`,
  `    ${placeOf(each)}: ${visible(each.reason)}`,
];

function some<One>(title: string, list: readonly One[], text: (one: One) => readonly string[]): string[] {
  if (list.length === 0) return [];
  const more = list.length > listed ? [`  … and ${list.length - listed} more`] : [];
  return [`${[title, ...list.slice(0, listed).flatMap(text), ...more].join('\n')}\n`];
}

function categoryText(change: Categorized, palette: Palette): string {
  const between = change.between.map((kind) => categories[kind]).join(' or ');
  const lines = [
    `FedRAMP significant change: ${palette.bold(categories[change.category])}${between ? `: ${between}` : ''}`,
    ...change.reasons.map(
      ({ reason, rule, seen }) => `  ${visible(reason)} ${rule}. Seen: ${visible(seen.join(', '))}`,
    ),
    ...noticesOf(change).map(([kind, text]) => `  ${categories[kind]}: ${text}`),
    `  ${limits} ${change.source}.`,
  ];
  return `${lines.join('\n')}\n`;
}

const limits =
  'Rampart’s reading, from what it judges: what else changed, and whether it is a significant change at all, it does not see.';

const noticesOf = ({ notices }: Categorized): [ChangeKind, string][] =>
  notices.map((notice) => [notice.kind, noticeText(notice)]);

const noticeText = ({ rule, what, days, from }: Notice): string =>
  `${what}${days === undefined ? '' : ` ${days} business days ${from}`} (${rule})`;

function sumText({ requirements, resources }: ResultDiff): string {
  const of = (how: string) => requirements.filter(({ change }) => change === how).length;
  return `${of('worse')} worse · ${of('better')} better · ${of('other')} otherwise different · ${resources.added.length} new ${resources.added.length === 1 ? 'resource' : 'resources'} · ${resources.removed.length} gone`;
}

/** What differs, for a pull request. */
export function diffMarkdown(diff: ResultDiff, change: Categorized): string {
  const { requirements, controls, resources, unnamed } = diff;
  const between = change.between.map((kind) => categories[kind]).join(' or ');
  const sections = [
    `## What changes\n\n${sumText(diff)}\n`,
    ...(diff.caveats.length > 0 ? [`${diff.caveats.map((each) => `- ${plain(each)}\n`).join('')}`] : []),
    ...table(
      'Requirements',
      ['Change', 'Severity', 'Requirement', 'From', 'To', 'Controls', 'Resource', 'Why'],
      requirements.map((each) => [
        each.change,
        each.severity,
        each.requirement,
        each.from,
        each.to,
        each.controls.map(labelOf).join(' '),
        placeOf(each),
        visible(each.reason),
      ]),
    ),
    ...table(
      'Controls',
      ['Change', 'Control', 'From', 'To'],
      controls.map((each) => [each.change, labelOf(each.control), controlWord(each.from), controlWord(each.to)]),
    ),
    ...table(
      'Resources',
      ['', 'Resource'],
      [
        ...resources.added.map((each) => ['new', placeOf(each)]),
        ...resources.removed.map((each) => ['gone', placeOf(each)]),
      ],
    ),
    ...table(
      unnamedTitle,
      ['Type', 'From', 'To'],
      unnamed.map(({ type, from, to }) => [visible(type), String(from), String(to)]),
    ),
    `### FedRAMP significant change: ${categories[change.category]}${between ? `: ${between}` : ''}\n`,
    ...table(
      undefined,
      ['Speaks for', 'Why', 'Rule', 'Seen'],
      change.reasons.map(({ kind, reason, rule, seen }) => [categories[kind], reason, rule, visible(seen.join(', '))]),
    ),
    ...(change.notices.length > 0
      ? [
          noticesOf(change)
            .map(([kind, text]) => `- ${categories[kind]}: ${text}\n`)
            .join(''),
        ]
      : []),
    `${limits} ${plain(change.source)}.\n`,
  ];
  return sections.join('\n');
}

const plain = (text: string): string => visible(text).replace(/[\\|<>`*_[\]]/g, (character) => `\\${character}`);

function table(title: string | undefined, head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  return [`${title === undefined ? '' : `### ${title}\n\n`}${markdown([head, ...rows])}`];
}
