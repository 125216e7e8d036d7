import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { lessons } from './lessons.js';

const root = new URL('../../', import.meta.url);
const reference = new URL('../shared/reference/lessons.md', root);
const all = Object.values(lessons).flat();

describe('the lessons of other gates', () => {
  it('each is answered by tests that exist and run', () => {
    for (const { says, tests } of all) {
      assert.ok(tests.length > 0, says);
      for (const each of tests) {
        const [file = '', ...title] = each.split(': ');
        const text = readFileSync(new URL(file, root), 'utf8');
        const spelt = ["'", '`', '"'].map((quote) => `it(${quote}${title.join(': ')}${quote}`);
        assert.ok(
          spelt.some((start) => new RegExp(`^\\s*${escaped(start)}`, 'm').test(text)),
          `${file} has no test: ${title.join(': ')}`,
        );
      }
    }
  });

  it('are all there', function () {
    if (!existsSync(reference)) {
      process.stderr.write('      skipped: the reference is not beside this checkout\n');
      this.skip();
    }
    const sections = readFileSync(reference, 'utf8').split(/^## /m).slice(1);
    const theirs = sections.map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      const items = lines
        .join('\n')
        .split(/^- /m)
        .slice(1)
        .map((item) => issuesIn(item));
      return [heading.trim(), items];
    });
    const ours = Object.entries(lessons).map(([heading, list]) => [heading, list.map(({ issues }) => issues)]);
    assert.deepEqual(ours, theirs);
  });
});

/** `checkov#3138, #5752` speaks of two issues of one project. */
function issuesIn(text: string): string[] {
  let project = '';
  return [...text.matchAll(/([A-Za-z][\w-]*)?#(\d+)/g)].map(([, name, number]) => {
    project = name ?? project;
    return `${project}#${number}`;
  });
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
