import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ControlBase } from '#model/base.js';
import { type Category, categories } from '#model/requirement.js';
import { severities } from '#model/severity.js';
import { coverage } from '#report/coverage.js';
import { baselinePage } from '#report/explain/baseline.js';
import { code, type Inline, joined, type Page, paragraph, table } from '#report/explain/page.js';
import { anchorOf, type LinkTo, pageMarkdown } from '#report/explain/page-markdown.js';
import { judgedIn, toBaseline, toRequirement } from '#report/explain/references.js';
import { requirementPage } from '#report/explain/requirement.js';
import { threatSection } from '#report/explain/threat.js';
import { endpointPages } from './endpoint-pages.js';

/** Folders and files under `docs/` that hold nothing but made pages; everything else there is written by people. */
export const madeUnder: readonly string[] = ['requirements', 'baselines', 'endpoints', 'threats.md'];

/** Every page by its path under `docs/`: what `rampart explain` says, with links. The base has its examples. */
export function documents(base: ControlBase): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  const put = (path: string, page: Page, from: string): void => {
    const note = `<!-- Made from ${from} by npm run docs; changes made here are lost. -->`;
    pages.set(path, `${note}\n\n${pageMarkdown(page, linksFrom(path, base))}`);
  };
  for (const requirement of base.requirements) {
    const file = `controls/requirements/${requirement.category}/${requirement.id}.yaml`;
    const page = requirementPage(requirement, base);
    put(`requirements/${requirement.category}/${requirement.id}.md`, page, file);
  }
  for (const baseline of base.baselines) {
    put(`baselines/${baseline.id}.md`, baselinePage(baseline, base), `controls/baselines/${baseline.id}.yaml`);
  }
  for (const [path, page] of endpointPages(base)) put(path, page, 'controls/boundary/');
  put('requirements/README.md', requirementIndex(base), 'controls/requirements/');
  put('baselines/README.md', baselineIndex(base), 'controls/baselines/');
  put('threats.md', threats(base), 'controls/catalog/threats.yaml');
  return pages;
}

/** Where a page finds the page of a subject, or a file; controls, settings and indicators have none. */
function linksFrom(path: string, base: ControlBase): LinkTo {
  const to = (place: string): string => posix.relative(posix.dirname(path), place);
  const category = new Map(base.requirements.map((requirement) => [requirement.id, requirement.category]));
  return (kind, id) => {
    if (kind === 'file') return to(`../${id}`);
    if (kind === 'requirement' && category.has(id)) return to(`requirements/${category.get(id)}/${id}.md`);
    if (kind === 'baseline' && base.baselines.some((each) => each.id === id)) return to(`baselines/${id}.md`);
    const threat = kind === 'threat' ? base.threats.find((each) => each.id === id) : undefined;
    return threat && `${path === 'threats.md' ? '' : to('threats.md')}#${anchorOf(threat.title)}`;
  };
}

const index = (id: string, title: string, rest: Pick<Page, 'lead' | 'sections'>): Page => ({
  kind: 'index',
  id,
  title,
  facts: [],
  ...rest,
});

function requirementIndex(base: ControlBase): Page {
  const of = (category: Category) => base.requirements.filter((each) => each.category === category);
  const counts = categories.map((category): Inline[][] => [
    [category],
    [String(of(category).length)],
    ...severities.map((severity): Inline[] => [
      String(of(category).filter((each) => each.severity === severity).length),
    ]),
  ]);
  return index('requirements', 'Requirements', {
    lead: [
      paragraph(
        `${base.requirements.length} requirements, by category. Each page says what is judged, why, which controls it supports on whose word, and shows manifests that fail, pass and are unknown. `,
        code('rampart explain <id>'),
        ' prints the same.',
      ),
      table(['Category', 'Requirements', ...severities], counts),
    ],
    sections: categories.map((category) => ({
      title: category,
      blocks: [
        table(
          ['Requirement', 'Title', 'Severity', 'Judged in'],
          of(category).map((requirement) => [
            [toRequirement(requirement)],
            [requirement.title],
            [requirement.severity],
            [judgedIn(requirement).join(', ')],
          ]),
        ),
      ],
    })),
  });
}

function baselineIndex(base: ControlBase): Page {
  const rows = base.baselines.map((baseline) => {
    const { rows } = coverage(base, baseline);
    return [
      [toBaseline(baseline)],
      [baseline.title],
      [baseline.impact ?? ''],
      [String(rows.length)],
      [String(rows.filter(({ judged }) => judged !== 'outside').length)],
      [String(Object.keys(baseline.parameters).length)],
      [`${baseline.source} (${baseline.date})`],
    ];
  });
  return index('baselines', 'Baselines', {
    lead: [
      paragraph(
        'What each baseline selects, what of it Rampart judges, and what is left to people and why. “Judged in part” is what it says: a requirement that passes supports its controls; it does not meet them by itself.',
      ),
      table(['Baseline', 'Title', 'Impact', 'Controls', 'Judged in part', 'Parameter values', 'Source'], rows),
    ],
    sections: [],
  });
}

function threats(base: ControlBase): Page {
  const rows = base.threats.map((threat): Inline[][] => [
    [{ kind: 'threat', id: threat.id, text: threat.title }],
    [String(base.requirements.filter((each) => each.threats.includes(threat.id)).length)],
    joined(
      categories
        .map((category) => ({
          category,
          count: base.requirements.filter((each) => each.category === category && each.threats.includes(threat.id))
            .length,
        }))
        .filter(({ count }) => count > 0)
        .map(({ category, count }) => `${category} ${count}`),
    ),
  ]);
  return index('threats', 'Threats', {
    lead: [
      paragraph('The threats Rampart answers, in its own words, and the requirements that answer each.'),
      table(['Threat', 'Requirements', 'By category'], rows),
    ],
    sections: base.threats.map((threat) => threatSection(threat, base)),
  });
}

/** Paths under `docs/` of the made pages that are on disk, sorted. */
export function pagesIn(docs: URL): string[] {
  return madeUnder
    .flatMap((name) => {
      const place = new URL(name, docs);
      if (!existsSync(place)) return [];
      if (name.endsWith('.md')) return [name];
      return readdirSync(fileURLToPath(place), { recursive: true, withFileTypes: true })
        .filter((each) => !each.isDirectory())
        .map((each) => `${each.parentPath}/${each.name}`.replaceAll('\\', '/').slice(fileURLToPath(docs).length));
    })
    .sort();
}

/** In what the pages on disk are not those the data give, one sentence each; nothing where they are. */
export function staleness(pages: ReadonlyMap<string, string>, docs: URL): string[] {
  const there = new Set(pagesIn(docs));
  const wrong = [...pages].flatMap(([path, text]) => {
    if (!there.has(path)) return [`docs/${path} is missing`];
    return readFileSync(new URL(path, docs), 'utf8') === text ? [] : [`docs/${path} is not what the data give`];
  });
  const extra = [...there].filter((path) => !pages.has(path)).map((path) => `docs/${path} belongs to nothing any more`);
  return [...wrong, ...extra].map((fault) => `${fault}: npm run docs`);
}
