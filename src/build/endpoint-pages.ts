import { existsSync } from 'node:fs';
import type { ControlBase } from '#model/base.js';
import { type EndpointKind, offeredKinds } from '#model/endpoint.js';
import { categories } from '#model/requirement.js';
import { systemSchema } from '#model/system-schema.js';
import { starterSystem } from '#plan/init.js';
import type { Answers } from '#plan/question.js';
import { completeAnswers, questions } from '#plan/questions.js';
import { targets } from '#render/render.js';
import { type Block, code, type Inline, list, type Page, paragraph, said, table } from '#report/explain/page.js';
import { toRequirement } from '#report/explain/references.js';
import { recordSection } from './model-section.js';

const templates = new URL('../../templates/', import.meta.url);

const image = (repository: string, part: string): string =>
  `111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/${repository}@sha256:${part.repeat(4)}`;

/** What only a user can know, as an example. */
const samples: Answers = {
  organization: 'Office of Records, Example Agency',
  contact: 'isso@records.example.gov',
  image: image('vllm', '9f86d081884c7d65'),
  artifact: 's3://agency-model-weights/gpt-oss-20b/model.tar.gz',
  'vllm-image': image('vllm', '9f86d081884c7d65'),
  'proxy-image': image('nginx-fips', '60303ae22b998861'),
  'loader-image': image('aws-cli', 'fd61a03af4f77d87'),
  weights: 's3://agency-model-weights/gpt-oss-20b',
  'weights-sha256': 'a4e624d686e03ed2'.repeat(4),
  's3-prefix-list': 'pl-0a1b2c3d',
  's3-range': '198.51.100.0/24',
  caller: 'case-assistant',
  deployer: 'model-deployer',
};

/** Ways an endpoint of a kind may be asked for beside the first, by what is answered otherwise. */
const ways: Partial<Record<EndpointKind, readonly { title: string; answers: Answers }[]>> = {
  sagemaker: [{ title: 'Asynchronous inference', answers: { inference: 'async' } }],
};

/** A page for each kind of endpoint a system file may hold, by its path under `docs/`, and an index of them. */
export function endpointPages(base: ControlBase): ReadonlyMap<string, Page> {
  const pages = new Map(offeredKinds.map((kind) => [`endpoints/${kind}.md`, kindPage(kind, base)] as const));
  return new Map([['endpoints/README.md', index(base)], ...pages]);
}

function index(base: ControlBase): Page {
  return {
    kind: 'index',
    id: 'endpoints',
    title: 'Kinds of model endpoint',
    facts: [],
    lead: [
      table(
        ['Kind', 'What it is', 'Regions', 'Targets'],
        offeredKinds.map((kind): Inline[][] => [
          [{ kind: 'file', id: `docs/endpoints/${kind}.md`, text: kind }],
          [descriptionOf(kind)],
          [(rowOf(kind, base)?.regions ?? []).join(', ')],
          [targetsOf(kind).join(', ')],
        ]),
      ),
      paragraph(
        'Endpoints of one system may be in several regions of its boundary: give each its ',
        code('region'),
        '. A VPC lies in one region, and in a VPC only one interface endpoint answers for the name of a service; an endpoint that needs another network has a ',
        code('network'),
        ' of its own.',
      ),
    ],
    sections: [recordSection(base)],
  };
}

function kindPage(kind: EndpointKind, base: ControlBase): Page {
  const row = rowOf(kind, base);
  const requirements = base.requirements.filter(({ endpoints }) => endpoints.includes(kind));
  return {
    kind: 'index',
    id: kind,
    title: `Endpoints of kind ${kind}`,
    facts: [],
    lead: [
      paragraph(descriptionOf(kind)),
      ...(row ? [paragraph(`Regions: ${row.regions.join(', ')} (${row.source}, ${row.date}).`)] : []),
    ],
    sections: said([
      { title: 'What no setting can give it', blocks: [list((row?.limits ?? []).map((text) => ({ text: [text] })))] },
      { title: 'From nothing to files that passed the gate', blocks: walk(kind, {}, base) },
      ...(ways[kind] ?? []).map(({ title, answers }) => ({ title, blocks: walk(kind, answers, base) })),
      {
        title: 'What is judged',
        blocks: [
          table(
            ['Category', 'Requirements'],
            categories.map((category): Inline[][] => [
              [category],
              requirements
                .filter((each) => each.category === category)
                .flatMap((each, at): Inline[] => [...(at === 0 ? [] : [', ']), toRequirement(each)]),
            ]),
          ),
        ],
      },
    ]),
  };
}

/** The commands of a newcomer, as a test runs them, and what they write about the endpoint. */
function walk(kind: EndpointKind, more: Answers, base: ControlBase): Block[] {
  const said: Record<string, string | readonly string[] | undefined> = { endpoint: [kind], ...more };
  const known: Record<string, string | readonly string[] | undefined> = { ...said };
  for (const { name, initial, when, message } of questions(base)) {
    if (when?.(known) === false || known[name] !== undefined) continue;
    known[name] = initial(known);
    if (known[name] === undefined) said[name] = samples[name] ?? `<${message}>`;
  }
  const flags = Object.entries(said).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => `--${name} '${each}'`),
  );
  const system = starterSystem(completeAnswers(said, base), 'system.schema.json');
  const init = ['rampart init --yes', ...flags].join(' \\\n  ');
  const renders = targetsOf(kind).map((target) => `rampart render --target ${target} --out ${target}`);
  // The gate judges plans of Terraform, which need the provider and the account: the runbook tells how.
  const checks = targetsOf(kind).flatMap((target) => (target === 'terraform' ? [] : [`rampart check ${target}`]));
  return [
    { block: 'manifest', text: [init, 'rampart plan', ...renders, ...checks].join('\n') },
    paragraph('writes, and plans, renders and judges, this endpoint:'),
    { block: 'manifest', text: /^endpoints:\n(?: .*\n)+/m.exec(system)?.[0] ?? '' },
  ];
}

const rowOf = (kind: EndpointKind, { boundary }: ControlBase) => boundary.kinds?.find((each) => each.kind === kind);

const descriptionOf = (kind: EndpointKind): string =>
  systemSchema.properties.endpoints.items.allOf.find((branch) => branch.if.properties.kind.const === kind)?.then
    .description ?? '';

const targetsOf = (kind: EndpointKind): string[] =>
  [...targets.keys()].filter((target) => existsSync(new URL(`${kind}/${target}/`, templates)));
