import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { offeredKinds } from '#model/endpoint.js';
import { Desk } from './command-line.js';

/** The first block of commands under each heading of a kind's page. */
const walksOf = (kind: string): { title: string; commands: string[][] }[] => {
  const page = readFileSync(new URL(`../../docs/endpoints/${kind}.md`, import.meta.url), 'utf8');
  return page.split(/^## /m).flatMap((section) => {
    const [, block] = /^```[a-z]*\n(rampart init[\s\S]*?)^```$/m.exec(section) ?? [];
    if (block === undefined) return [];
    const lines = block.replaceAll(' \\\n', ' ').trim().split('\n');
    return [{ title: section.split('\n')[0] ?? '', commands: lines.map(wordsOf) }];
  });
};

const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '').slice(1);

describe('a newcomer’s path, as the page of each kind shows it', function () {
  this.timeout(120_000);

  for (const kind of offeredKinds) {
    for (const { title, commands } of walksOf(kind)) {
      it(`${kind}: ${title}`, () => {
        const desk = new Desk();
        try {
          rmSync(desk.path('rampart.yaml'));
          const verbs = commands.map(([verb]) => verb);
          for (const verb of ['init', 'plan', 'render']) assert.ok(verbs.includes(verb), verb);
          for (const command of commands) {
            const { exit, stderr } = desk.rampart(command, { RAMPART_ACCOUNT: '111122223333' });
            assert.equal(exit, 0, `${command.join(' ')}\n${stderr}`);
          }
          assert.match(desk.read('rampart.yaml'), new RegExp(`^ {2}- kind: ${kind}$`, 'm'));
          for (const [verb, , , , out] of commands) {
            if (verb === 'render') assert.ok(existsSync(desk.path(String(out))), String(out));
          }
        } finally {
          desk.clear();
        }
      });
    }
  }

  it('the tour of the README', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, block = ''] = /^## A short tour\n\n```\n([\s\S]*?)^```$/m.exec(readme) ?? [];
    const lines = block
      .replaceAll(/ \\\n\s+/g, ' ')
      .trim()
      .split('\n');
    const commands = lines.map((line) =>
      [...line.replace(/^\$ |\s+#.*$/g, '').matchAll(/"([^"]*)"|(\S+)/g)].map(
        ([, quoted, bare]) => quoted ?? bare ?? '',
      ),
    );
    assert.ok(commands.length >= 7, block);
    const desk = new Desk();
    try {
      rmSync(desk.path('rampart.yaml'));
      for (const [program, ...words] of commands) {
        assert.equal(program, 'rampart');
        const { exit, stderr, stdout } = desk.rampart(words, { RAMPART_ACCOUNT: '' });
        assert.equal(exit, 0, `${words.join(' ')}\n${stdout}${stderr}`);
      }
    } finally {
      desk.clear();
    }
  });

  it('there is a page with commands for every kind', () => {
    for (const kind of offeredKinds) assert.ok(walksOf(kind).length > 0, kind);
  });
});
