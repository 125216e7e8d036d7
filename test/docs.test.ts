import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { offeredKinds } from '#model/endpoint.js';
import { documents, madeUnder, pagesIn, staleness } from '../src/build/pages.js';
import { base } from './controls/base.js';

const root = new URL('../', import.meta.url);
const docs = new URL('docs/', root);
const pages = documents(base);

describe('the pages under docs/', () => {
  it('are what the data give', () => {
    const stale = staleness(pages, docs);
    const shown = stale.slice(0, 10).join('\n');
    assert.equal(stale.length, 0, `${stale.length} pages under docs/ are stale. Run: npm run docs\n${shown}`);
  });

  it('there is one for every requirement and baseline, and an index of each', () => {
    assert.equal(pages.size, base.requirements.length + base.baselines.length + 3 + offeredKinds.length + 1);
    for (const { id, category } of base.requirements) assert.ok(pages.has(`requirements/${category}/${id}.md`), id);
    for (const { id } of base.baselines) assert.ok(pages.has(`baselines/${id}.md`), id);
    const index = pages.get('requirements/README.md') ?? '';
    for (const { id, category } of base.requirements) assert.ok(index.includes(`[${id}](${category}/${id}.md)`), id);
  });

  it('every link leads to a page, a heading or a file', () => {
    let links = 0;
    for (const [path, text] of pages) {
      for (const [, target = ''] of words(text).matchAll(/\]\(([^)]*)\)/g)) {
        links += 1;
        const [file = '', anchor] = target.split('#');
        const place = file === '' ? path : posix.join(posix.dirname(path), file);
        assert.ok(pages.has(place) || existsSync(new URL(place, docs)), `${path} links to ${target}`);
        if (anchor === undefined) continue;
        const anchors = headings(pages.get(place) ?? '').map(([, title]) => title.toLowerCase().replace(/ /g, '-'));
        assert.ok(anchors.includes(anchor), `${path} links to ${target}`);
      }
    }
    assert.ok(links > 5 * base.requirements.length, `${links} links`);
  });

  it('headings begin with one title and never skip a level; tables have a head and rows of its width', () => {
    for (const [path, text] of pages) {
      let level = 0;
      for (const [depth, title] of headings(text)) {
        assert.ok(depth <= level + 1 && (depth > 1 || level === 0), `${path}: ${title}`);
        level = depth;
      }
      for (const table of prose(text).match(/(?:^\|.*\n)+/gm) ?? []) {
        const widths = table
          .trimEnd()
          .split('\n')
          .map((row) => row.replace(/\\./g, '').split('|').length);
        assert.equal(new Set(widths).size, 1, `${path}\n${table}`);
        assert.match(table.split('\n')[1] ?? '', /^(\| --- )+\|$/, path);
        assert.ok(widths.length > 2, `${path} has a table without rows`);
      }
    }
  });

  it('hold nothing of HTML but the note on where they come from', () => {
    for (const [path, text] of pages) {
      const [first = '', ...rest] = prose(text).split('\n');
      assert.match(
        first,
        /^<!-- Made from controls\/[\w./-]+ by npm run docs; changes made here are lost\. -->$/,
        path,
      );
      assert.doesNotMatch(words(rest.join('\n')).replace(/<\/?code>/g, ''), /[<>]/, path);
    }
  });

  it('stay out of the package', () => {
    const { files } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { files: string[] };
    assert.ok(
      files.every((each) => !/^!?(\.|\*|docs)/.test(each)),
      String(files),
    );
  });
});

describe('telling that pages are stale', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rampart-docs-'));
  const copy = pathToFileURL(`${folder}/`);
  const [victim = ''] = [...pages.keys()].filter((path) => path.startsWith('requirements/encryption/'));
  const fresh = (): void => {
    rmSync(folder, { recursive: true, force: true });
    for (const [path, text] of pages) {
      mkdirSync(new URL('.', new URL(path, copy)), { recursive: true });
      writeFileSync(new URL(path, copy), text);
    }
  };
  beforeEach(fresh);
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('nothing is said of pages as they are made, and of what people wrote beside them', () => {
    writeFileSync(join(folder, 'by-hand.md'), 'words');
    assert.deepEqual(staleness(pages, copy), []);
    assert.equal(pagesIn(copy).length, pages.size);
  });

  it('one byte is enough', () => {
    appendFileSync(new URL(victim, copy), ' ');
    assert.deepEqual(staleness(pages, copy), [`docs/${victim} is not what the data give: npm run docs`]);
  });

  it('a missing page, and one that belongs to nothing', () => {
    rmSync(new URL(victim, copy));
    writeFileSync(join(folder, 'requirements/encryption/gone-requirement.md'), '');
    assert.deepEqual(staleness(pages, copy), [
      `docs/${victim} is missing: npm run docs`,
      'docs/requirements/encryption/gone-requirement.md belongs to nothing any more: npm run docs',
    ]);
  });

  it('a changed requirement makes its page, the index and what links to it stale', () => {
    const requirements = base.requirements.map((each) =>
      each.id === 'kms-key-rotation' ? { ...each, title: `${each.title} or so` } : each,
    );
    const stale = staleness(documents({ ...base, requirements }), copy);
    for (const path of ['requirements/encryption/kms-key-rotation.md', 'requirements/README.md', 'threats.md'])
      assert.ok(stale.includes(`docs/${path} is not what the data give: npm run docs`), path);
  });

  it('all of them, where there is none', () => {
    for (const name of madeUnder) rmSync(new URL(name, copy), { recursive: true, force: true });
    assert.equal(staleness(pages, copy).length, pages.size);
  });
});

/** A page without its manifests. */
const prose = (text: string): string => text.replace(/^(`{3,}).*\n[\s\S]*?^\1$/gm, '');

/** A page without its manifests and what it spells exactly. */
const words = (text: string): string => prose(text).replace(/(`+)(?:(?!\1)[^\n])*\1/g, '');

const headings = (text: string): [number, string][] =>
  [...prose(text).matchAll(/^(#+) (.*)$/gm)].map(([, marks = '', title = '']) => [marks.length, title]);
