import type { Baseline } from '#model/baseline.js';
import { judgedIndicators } from '#model/fedramp-rules.js';
import type { Examples, Requirement } from '#model/requirement.js';
import { code, type Inline, joined, list, type Page, paragraph, type Section, table } from './page.js';
import {
  accepted,
  asks,
  basisOf,
  combination,
  type ExplainedBase,
  fixedBy,
  judgedIn,
  languageName,
  profileRows,
  shownValue,
  titleOf,
  toBaseline,
  toControl,
  toIndicator,
} from './references.js';
import { expectationWords } from './words.js';

/** What a requirement wants, why, what it supports, what it looks at, what to do, and what manifests get which verdict. */
export function requirementPage(requirement: Requirement, base: ExplainedBase, only?: Baseline): Page {
  const baselines = only ? [only] : base.baselines;
  return {
    kind: 'requirement',
    id: requirement.id,
    title: requirement.title,
    facts: [
      ['Id', [code(requirement.id)]],
      ['Severity', [requirement.severity]],
      ['Category', [requirement.category]],
      ['Judged in', [judgedIn(requirement).join(', ')]],
      ['Endpoint kinds', joined(requirement.endpoints.map(code))],
    ],
    lead: [],
    sections: [
      { title: 'Why', blocks: [paragraph(requirement.rationale)] },
      { title: 'What to do', blocks: [paragraph(requirement.remediation)] },
      controls(requirement, base),
      selections(requirement, baselines),
      indicators(requirement, base),
      threats(requirement, base),
      settings(requirement, baselines, base),
      judged(requirement),
      examples(requirement),
    ],
  };
}

function controls({ controls }: Requirement, base: ExplainedBase): Section {
  const rows = controls.map((mapping) => [
    [toControl(mapping.id)],
    [titleOf(mapping.id, base)],
    [mapping.basis],
    [basisOf(mapping)],
  ]);
  return {
    title: 'Controls it supports',
    blocks: [
      paragraph(
        'Passing supports these controls; it does not meet any of them by itself. “Sourced” mappings are those of the publication named; “own” mappings are Rampart’s judgement.',
      ),
      table(['Control', 'Title', 'Basis', 'Source'], rows),
    ],
  };
}

function selections({ controls }: Requirement, baselines: readonly Baseline[]): Section {
  const rows = baselines.map((baseline) => {
    const selected = controls.filter(({ id }) => baseline.controls.includes(id));
    const cell: Inline[] = selected.length > 0 ? joined(selected.map(({ id }) => toControl(id))) : ['none of them'];
    return [[toBaseline(baseline)], cell];
  });
  return { title: 'Baselines that select these controls', blocks: [table(['Baseline', 'Controls'], rows)] };
}

function indicators({ controls }: Requirement, base: ExplainedBase): Section {
  const rows = (isOurs: boolean) =>
    judgedIndicators(base.rules).flatMap(({ id, name, controls: through, own }) => {
      const shared = controls.filter(
        (mapping) => through.includes(mapping.id) && (own?.controls.includes(mapping.id) ?? false) === isOurs,
      );
      return shared.length === 0
        ? []
        : [[[toIndicator(id)], [name], joined(shared.map((mapping) => toControl(mapping.id)))]];
    });
  const ours = rows(true);
  return {
    title: 'Key Security Indicators',
    blocks: [
      table(['Indicator', 'Name', 'Related by the rules to'], rows(false)),
      ...(ours.length > 0 ? [table(['Indicator', 'Name', 'Related by Rampart alone to'], ours)] : []),
    ],
  };
}

const threats = (requirement: Requirement, base: ExplainedBase): Section => ({
  title: 'Threats it answers',
  blocks: [
    list(
      requirement.threats.map((id) => {
        const threat = base.threats.find((each) => each.id === id);
        return {
          text: [{ kind: 'threat', id, text: threat?.title ?? id }, ...(threat ? [`: ${threat.description}`] : [])],
        };
      }),
    ),
  ],
});

const settings = (requirement: Requirement, baselines: readonly Baseline[], base: ExplainedBase): Section => ({
  title: 'Settings',
  blocks: [],
  sections: Object.entries(requirement.settings).map(([id, demand]) => {
    const settled = baselines.filter(
      (baseline) => fixedBy(demand, baseline, base) !== '' || asks(demand, baseline) !== demand.default,
    );
    const rows = settled.map((baseline) => [
      [toBaseline(baseline)],
      [code(shownValue(asks(demand, baseline)))],
      [fixedBy(demand, baseline, base)],
    ]);
    const others = settled.length === 0 ? 'The default holds under every baseline.' : 'Elsewhere the default holds.';
    const values = accepted(demand);
    return {
      title: id,
      blocks: [
        paragraph(demand.description),
        list([
          { text: ['Default: ', code(shownValue(demand.default))] },
          ...(values === '' ? [] : [{ text: ['Values accepted: ', values] }]),
          { text: ['Where several requirements ask for it: ', combination[demand.combine]] },
        ]),
        table(['Baseline', 'Value', 'Fixed by'], rows),
        table(['Profile', 'Days', 'It asks for', 'Publication'], profileRows(demand, base)),
        ...(settled.length < baselines.length ? [paragraph(others)] : []),
      ],
    };
  }),
});

function judged({ expect }: Requirement): Section {
  const sections = byLanguage(expect).map(([language, expectations]) => ({
    title: languageName(language),
    blocks: [list(expectations.map(expectationWords))],
  }));
  return { title: 'What is judged', blocks: notes(sections), sections };
}

/** What the words of a list leave unsaid, where they are used. */
function notes(sections: readonly Section[]): Section['blocks'] {
  const text = JSON.stringify(sections);
  return explanations.filter(([used]) => used.test(text)).map(([, note]) => paragraph(...note));
}

const explanations: readonly (readonly [used: RegExp, note: readonly Inline[]])[] = [
  [/\[\*\]/, [code('[*]'), ' stands for every item of a list.']],
  [/"At least one /, ['What has to be there at all is judged only with a system file that asks for it.']],
  [
    /is not set/,
    [
      '“Not set” means left out, or known only after apply and not mentioned in the configuration, so that the default of the provider decides.',
    ],
  ],
  [
    /is an IAM policy/,
    [
      'Policies are read in a normal form: ',
      code('Action'),
      ', ',
      code('Resource'),
      ' and ',
      code('Principal'),
      ' are always lists, and ',
      code('Condition'),
      ' is a list of operators, keys and values, operators and keys in lower case.',
    ],
  ],
  [
    /"(PodSpec|Container)"/,
    [
      code('PodSpec'),
      ' and ',
      code('Container'),
      ' stand for the pods and containers of every kind of workload, as they will run.',
    ],
  ],
];

const byLanguage = <Kind>(record: Readonly<Partial<Record<string, Kind>>>): [string, Kind][] =>
  Object.entries(record)
    .filter((entry): entry is [string, Kind] => entry[1] !== undefined)
    .sort(([left], [right]) => rank(left) - rank(right));

const rank = (language: string): number =>
  ['cloudformation', 'terraform', 'kubernetes', 'arm', 'live'].indexOf(language);

/** One of each verdict by language; the requirement's file has the rest. */
function examples({ id, category, examples = {} }: Requirement): Section {
  const sections = byLanguage<Examples>(examples).map(([language, { fail, pass, unknown }]) => ({
    title: `${languageName(language)} examples`,
    blocks: [],
    sections: (
      [
        ['Fails', fail],
        ['Passes', pass],
        ['Is unknown', unknown],
      ] as const
    ).map(([title, [first]]) => ({
      title,
      blocks: first === undefined ? [] : [{ block: 'manifest' as const, text: first }],
    })),
  }));
  const all = Object.values(examples).flatMap(({ fail, pass, unknown }) => [fail, pass, unknown]);
  const total = all.flat().length;
  const shown = all.filter(({ length }) => length > 0).length;
  const words = `${total} examples are run as tests of this requirement; `;
  const rest: Inline[] =
    shown === total
      ? [`${words}they are shown here.`]
      : [
          `${words}the first of each kind is shown here, all are in `,
          { kind: 'file', id: `controls/requirements/${category}/${id}.yaml`, text: 'its file' },
          '.',
        ];
  return { title: 'Examples', blocks: total === 0 ? [] : [paragraph(...rest)], sections };
}
