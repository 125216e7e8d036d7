import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { coverage } from '#report/coverage.js';
import { base } from './controls/base.js';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const words = (path: string): string => read(path).replace(/\s+/g, ' ');

describe('the documents', () => {
  it('README counts what there is', () => {
    const text = words('README.md');
    assert.ok(text.includes(`- ${base.requirements.length} requirements;`), `${base.requirements.length} requirements`);
    assert.equal(base.baselines.length, 11);
    const moderate = base.baselines.find(({ id }) => id === 'fedramp-rev5-moderate');
    assert.ok(moderate);
    const { rows } = coverage(base, moderate);
    const judged = rows.filter((row) => row.judged !== 'outside').length;
    const judging = `judges technical parts of ${judged} of the ${rows.length} controls of FedRAMP rev 5 Moderate`;
    assert.ok(text.includes(judging), judging);
  });

  it('README gives command lines that exist, flag by flag', () => {
    const { commands } = JSON.parse(read('oclif.manifest.json')) as {
      commands: Record<string, { flags: Record<string, { char?: string }> }>;
    };
    const lines = read('README.md')
      .replace(/\\\n */g, '')
      .split('\n')
      .filter((line) => line.startsWith('$ '));
    assert.ok(lines.length > 15);
    for (const line of lines) {
      for (const one of line
        .slice(2)
        .replace(/ {2,}#.*$/, '')
        .split(' && ')) {
        const [program, first = '', second = '', ...rest] = one.split(' ');
        assert.equal(program, 'rampart', line);
        const command = commands[`${first}:${second}`] ?? commands[first];
        assert.ok(command, line);
        const flags = [second, ...rest].flatMap((word) => /^--([a-z-]+)/.exec(word)?.[1] ?? []);
        for (const flag of flags) assert.ok(Object.hasOwn(command.flags, flag), `${line}: --${flag}`);
        assert.ok(!one.includes('$'), line);
      }
    }
  });

  it('link to files that are there', () => {
    const root = new URL('../', import.meta.url);
    const papers = readdirSync(root).filter((name) => name.endsWith('.md'));
    assert.ok(papers.length >= 5);
    for (const paper of papers) {
      for (const [, target = ''] of read(paper).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
        if (!/^[a-z]+:/.test(target)) assert.ok(existsSync(new URL(target, root)), `${paper}: ${target}`);
      }
    }
  });

  it('CHANGELOG names every command', () => {
    const text = words('CHANGELOG.md');
    const commands = readdirSync(new URL('../src/commands/', import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => path.replace(/\.ts$/, '').replaceAll('\\', '/'));
    for (const command of commands) {
      const [topic, name] = command.split('/');
      if (name === undefined) assert.match(text, new RegExp(`\`${topic}\``), command);
      else assert.match(text, new RegExp(`\`${topic} [a-z|]*\\b${name}\\b`), command);
    }
  });

  it('ARCHITECTURE has a paragraph for every room, and at most 120 lines', () => {
    const text = read('ARCHITECTURE.md');
    assert.ok(text.split('\n').length <= 121);
    const rooms = readdirSync(new URL('../src/', import.meta.url), { withFileTypes: true }).filter((each) =>
      each.isDirectory(),
    );
    for (const { name } of rooms.filter((each) => each.name !== 'generated'))
      assert.match(text, new RegExp(`\`src/${name}`), name);
  });

  it('controls/README names every predicate', () => {
    const text = read('controls/README.md');
    for (const file of readdirSync(new URL('../src/check/predicates/', import.meta.url))) {
      const name = file.replace(/\.ts$/, '');
      if (name !== 'index') assert.match(text, new RegExp(`\`${name}[:\`]`), name);
    }
  });
});
