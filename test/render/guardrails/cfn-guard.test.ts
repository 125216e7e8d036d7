import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Requirement } from '#model/requirement.js';
import { artifactOf } from '#render/guardrail-file.js';
import { cfnGuard } from '#render/guardrails/cfn-guard.js';
import { render } from '#render/render.js';
import { base } from '../../controls/base.js';
import { run } from '../command.js';
import { templates } from '../plans.js';
import { exampleGround, grounds } from './ground.js';

interface Difference {
  because: string;
  /** `<requirement> <verdict of the gate> <number>` → what Guard says. */
  examples: Record<string, 'pass' | 'fail' | 'skip'>;
}

const differences = parse(
  readFileSync(new URL('cfn-guard-differences.yaml', import.meta.url), 'utf8'),
) as readonly Difference[];

const textOf = (requirements: readonly Requirement[]): string => {
  const [file] = cfnGuard(exampleGround(requirements)).files;
  return file ? artifactOf(file).text : '';
};

const rules = cfnGuard(exampleGround());
const ruled = new Set(rules.files.flatMap(({ sections }) => sections.flatMap(({ serves }) => serves)));
const about = base.requirements.filter(({ id }) => ruled.has(id));

interface Row {
  name: string;
  not_compliant: readonly { Rule?: { name: string } }[];
  compliant: readonly string[];
  not_applicable: readonly string[];
}

/** What Guard says of the examples of some requirements, each of its own; undefined without cfn-guard. */
function verdictsOf(requirements: readonly Requirement[], folder: string): Map<string, string> | undefined {
  mkdirSync(join(folder, 'examples'), { recursive: true });
  writeFileSync(join(folder, 'rules.guard'), textOf(requirements));
  for (const { id, examples } of requirements) {
    for (const verdict of ['pass', 'fail', 'unknown'] as const) {
      for (const [index, text] of (examples?.cloudformation?.[verdict] ?? []).entries())
        writeFileSync(join(folder, 'examples', `${id}.${verdict}.${index + 1}.yaml`), text);
    }
  }
  const where = ['--rules', join(folder, 'rules.guard'), '--data', join(folder, 'examples')];
  const answer = run('cfn-guard', ['validate', ...where, '--structured', '-o', 'json', '-S', 'none']);
  if (!answer) return undefined;
  // Exit 19: some template does not comply, as most examples do not.
  assert.equal(answer.status, 19, answer.output.slice(0, 2000));
  return new Map(
    (JSON.parse(answer.stdout) as readonly Row[]).map((row) => {
      const [id = '', verdict, number] = (row.name.split('/').at(-1) ?? '').split('.');
      const rule = id.replaceAll('-', '_');
      const is = (names: readonly (string | undefined)[]) => names.includes(rule);
      const said = is(row.not_compliant.map(({ Rule }) => Rule?.name))
        ? 'fail'
        : is(row.compliant)
          ? 'pass'
          : is(row.not_applicable)
            ? 'skip'
            : 'nothing';
      return [`${id} ${verdict} ${number}`, said];
    }),
  );
}

describe('CloudFormation Guard rules', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'rampart-guard-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('say of every example what the gate says, where nobody knows fail, but for the differences listed', function () {
    const size = 9;
    const groups = Array.from({ length: Math.ceil(about.length / size) }, (_, at) =>
      about.slice(at * size, (at + 1) * size),
    );
    const found: Record<string, string> = {};
    let examples = 0;
    for (const [index, group] of groups.entries()) {
      const verdicts = verdictsOf(group, join(folder, String(index)));
      if (!verdicts) {
        process.stderr.write('      skipped: cfn-guard is not on this machine, so its rules were not run\n');
        return this.skip();
      }
      examples += verdicts.size;
      for (const [example, said] of verdicts) {
        const expected = example.includes(' pass ') ? 'pass' : 'fail';
        if (said !== expected) found[example] = said;
      }
    }
    assert.ok(examples > 800, `${examples} examples`);
    const listed = Object.assign({}, ...differences.map((each) => each.examples)) as Record<string, string>;
    const sorted = (of: Record<string, string>) => Object.entries(of).sort();
    assert.deepEqual(sorted(found), sorted(listed));
  });

  it('let pass what fails only where they say that a part is not said', () => {
    const partly = new Set(rules.left.filter(({ part }) => part !== undefined).map(({ requirement }) => requirement));
    for (const { examples, because } of differences) {
      for (const [example, said] of Object.entries(examples)) {
        const [id = '', verdict] = example.split(' ');
        assert.ok(because.length > 20);
        if (verdict === 'fail' && said !== 'fail') assert.ok(partly.has(id), example);
      }
    }
  });

  it('serve each requirement or tell why not', () => {
    const left = new Set(rules.left.map(({ requirement }) => requirement));
    for (const { id } of base.requirements) assert.ok(ruled.has(id) || left.has(id), id);
    const whole = rules.left.filter(({ part }) => part === undefined).map(({ requirement }) => requirement);
    assert.deepEqual(
      whole.filter((id) => ruled.has(id)),
      [],
    );
    assert.ok(ruled.size >= 130, `${ruled.size} rules`);
  });

  it('let the stacks pass that are rendered for the same plan', function () {
    // One whose network is its own under moderate, and one under high.
    for (const [index, { name, ground, plan }] of [grounds[0], grounds[2]].entries() as ArrayIterator<
      [number, (typeof grounds)[number]]
    >) {
      const file = join(folder, `${index}.guard`);
      const [rules] = cfnGuard(ground).files.map(artifactOf);
      writeFileSync(file, rules?.text ?? '');
      const stacks = render(plan, 'cloudformation', templates, base.boundary).filter(({ path }) =>
        path.endsWith('.yaml'),
      );
      const data = stacks.flatMap(({ path, text }) => {
        const stack = join(folder, `${index}-${path}`);
        writeFileSync(stack, text);
        return ['--data', stack];
      });
      const answer = run('cfn-guard', [
        'validate',
        '--rules',
        file,
        ...data,
        '--structured',
        '-o',
        'json',
        '-S',
        'none',
      ]);
      if (!answer) return this.skip();
      assert.equal(answer.status, 0, `${name}: ${answer.output.slice(0, 500)}`);
    }
  });
});
