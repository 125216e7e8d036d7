import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';
import type { Requirement } from '#model/requirement.js';
import { artifactOf } from '#render/guardrail-file.js';
import { validatingAdmissionPolicy } from '#render/guardrails/validating-admission-policy.js';
import { base } from '../../controls/base.js';
import { admit, isMatched, objectsOf, type Policy } from './admission.js';
import { exampleGround } from './ground.js';

const differences = parse(readFileSync(new URL('admission-differences.yaml', import.meta.url), 'utf8')) as readonly {
  because: string;
  examples: Record<string, string>;
}[];

const guarded = validatingAdmissionPolicy(exampleGround());
const [file] = guarded.files.map(artifactOf);
const documents = parseAllDocuments(file?.text ?? '').map((each) => each.toJS() as Policy & { kind: string });
const policies = documents.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');

/** What the policies of a requirement say of its examples. */
function examplesOf({ id, examples }: Requirement): { example: string; verdict: string; said: string }[] {
  const own = policies.filter(({ metadata }) => metadata.annotations['rampart/requirement'] === id);
  if (own.length === 0) return [];
  return (['pass', 'fail', 'unknown'] as const).flatMap((verdict) =>
    (examples?.kubernetes?.[verdict] ?? []).map((text, index) => {
      const example = `${id} ${verdict} ${index + 1}`;
      return { example, verdict, said: saidOf(text, own, example) };
    }),
  );
}

function saidOf(text: string, own: readonly Policy[], example: string): string {
  const answers = objectsOf(text).flatMap((object) =>
    own.filter((policy) => isMatched(policy, object)).map((policy) => admit(policy, object)),
  );
  for (const answer of answers) assert.equal(typeof answer, 'string', `${example} ${JSON.stringify(answer)}`);
  if (answers.length === 0) return 'skip';
  return answers.includes('refused') ? 'fail' : 'pass';
}

describe('ValidatingAdmissionPolicies', () => {
  it('say of every example what the gate says, where nobody knows refused, but for the differences listed', () => {
    const rows = base.requirements.flatMap((requirement) => examplesOf(requirement));
    assert.ok(rows.length > 150, `${rows.length} examples`);
    const found = rows.filter(({ verdict, said }) => said !== (verdict === 'pass' ? 'pass' : 'fail'));
    const listed = differences.flatMap((each) => Object.entries(each.examples));
    assert.deepEqual(found.map(({ example, said }) => [example, said]).sort(), listed.sort());
  });

  it('each policy is bound once, refuses by default and spares kube-system', () => {
    const names = policies.map(({ metadata }) => metadata.name);
    assert.equal(new Set(names).size, names.length);
    const bindings = documents.filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding') as unknown as {
      spec: { policyName: string; validationActions: string[]; matchResources: unknown };
    }[];
    assert.deepEqual(
      bindings.map(({ spec }) => spec.policyName),
      names,
    );
    for (const { spec } of bindings) {
      assert.ok(spec.validationActions.includes('Deny'));
      assert.match(JSON.stringify(spec.matchResources), /NotIn.*kube-system/);
    }
    for (const name of names) assert.match(name, /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
  });
});
