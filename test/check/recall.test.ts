import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { objectsOf } from '#build/bench-objects.js';
import { planOf } from '#build/bench-plan.js';
import { type Against, check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import { RampartError } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import type { Requirement } from '#model/requirement.js';
import { against } from './gate.js';

const given = { partition: 'aws-us-gov', regions: ['us-gov-west-1'], parameters: {} };

/** What a report can tell of findings that pass, and all of those that do not. */
const told = (findings: readonly Finding[]): string[] =>
  findings
    .map((finding) =>
      finding.verdict === 'pass'
        ? `${finding.requirement} ${finding.resource} passes`
        : JSON.stringify({ ...finding, evidence: undefined }),
    )
    .sort();

/** Judged with what was judged before in mind, and each by itself: that is what passes with places are. */
function assertSame(files: Readonly<Record<string, string>>, by: Against = against): string[] {
  const once = (passes?: 'counted'): string[] => {
    const manifests = Object.entries(files).flatMap(([file, text]) => {
      const manifest = readManifest(file, text, given);
      return 'resources' in manifest ? [manifest] : [];
    });
    return told(check(manifests, passes ? { ...by, passes } : by));
  };
  const whole = once();
  assert.deepEqual(once('counted'), whole);
  return whole;
}

const requirement = (kubernetes: Requirement['expect']['kubernetes'], more: Partial<Requirement> = {}): Against => ({
  ...against,
  requirements: [
    { ...(against.requirements[0] as Requirement), expect: { kubernetes } as Requirement['expect'], ...more },
  ],
});

describe('judgements that are remembered', () => {
  it('say the same of thousands of objects of a few shapes', () => {
    assert.ok(assertSame({ 'objects.yaml': objectsOf(800) }).length > 3000);
    assert.ok(assertSame({ 'plan.json': planOf(800) }).length > 3000);
  });

  it('say the same of a plan with what another of the run has nothing of', () => {
    const planned = (name: string, type: string, after: object): object => ({
      ...{
        address: `${type}.${name}`,
        mode: 'managed',
        type,
        name,
        provider_name: 'registry.terraform.io/hashicorp/aws',
      },
      change: { actions: ['create'], before: null, after, after_unknown: {} },
    });
    const plan = (resources: readonly object[]): string =>
      JSON.stringify({ format_version: '1.2', terraform_version: '1.9.0', resource_changes: resources });
    const buckets = (start: number): object[] =>
      Array.from({ length: 150 }, (_, at) =>
        planned(`b${start + at}`, 'aws_s3_bucket', { bucket: `bucket-${start + at}` }),
      );
    const versions = Array.from({ length: 150 }, (_, at) =>
      planned(`v${at}`, 'aws_s3_bucket_versioning', {
        bucket: `bucket-${200 + at}`,
        versioning_configuration: [{ status: at % 3 === 0 ? 'Suspended' : 'Enabled' }],
      }),
    );
    const told = assertSame({ 'a.json': plan(buckets(0)), 'b.json': plan([...buckets(200), ...versions]) });
    assert.equal(told.filter((each) => each.startsWith('s3-versioning ') && each.endsWith(' passes')).length, 100);
  });

  it('say of a policy that stands in many resources what they say of it in one', () => {
    const policy = (arn: string): string =>
      JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: arn }] });
    const arns = [
      'arn:aws-us-gov:s3:::models/*',
      'arn:aws:s3:::models/*',
      'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/a',
      '*',
    ];
    const resources = Array.from({ length: 300 }, (_, at) => ({
      ...{ address: `aws_iam_policy.p${at}`, mode: 'managed', type: 'aws_iam_policy', name: `p${at}` },
      provider_name: 'registry.terraform.io/hashicorp/aws',
      change: {
        actions: ['create'],
        before: null,
        after: { name: `p${at}`, policy: policy(arns[at % arns.length] as string) },
        after_unknown: {},
      },
    }));
    const plan = JSON.stringify({ format_version: '1.2', terraform_version: '1.9.0', resource_changes: resources });
    const told = assertSame({ 'plan.json': plan }).filter((each) => each.includes('arn-partition'));
    assert.equal(told.filter((each) => each.endsWith(' passes')).length, 150);
    assert.equal(told.filter((each) => each.includes('"verdict":"fail"')).length, 75);
  });

  it('tell apart what is spelt alike', () => {
    // Under the very path a requirement reads: a string and a number, a list of one, an object, a text that looks like the end of another.
    const values = [
      '1',
      '"1"',
      '[1]',
      '["1"]',
      '{a: 1}',
      '{"a1": ""}',
      '""',
      'null',
      'true',
      '"true"',
      '[]',
      '{}',
      '[a, b]',
      '["a,b"]',
    ];
    for (const predicate of [
      { equals: '1' },
      { present: true },
      { 'max-items': 1 },
      { some: { equals: 'a' } },
      { absent: true },
    ]) {
      const objects = Array.from({ length: 400 }, (_, at) => {
        const value = values[at % values.length] as string;
        return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m${at}}\nspec: {a: ${value}, b: ${values[(at * 7) % values.length]}}\n`;
      });
      const must = { 'spec.a': predicate, 'any-of': [{ 'spec.b': predicate }, { 'spec.b.a': { equals: 1 } }] };
      assertSame({ 'values.yaml': objects.join('---\n') }, requirement([{ each: 'ConfigMap', must }]));
    }
  });

  it('rest on nothing but what was read: other resources and the resource itself are looked at each time', () => {
    const service = (at: number) =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: s${at}}\nspec: {selector: {app: a}, isFor: ${at % 2 ? 'm1' : 'm2'}}\n`;
    const map = (at: number) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m${at}}\ndata: {a: b}\n`;
    const text = [
      ...Array.from({ length: 300 }, (_, at) => map(at)),
      ...Array.from({ length: 9 }, (_, at) => service(at)),
    ].join('---\n');
    const related = { type: 'Service', by: 'spec.isFor', as: 'metadata.name' };
    const found = assertSame(
      { 'related.yaml': text },
      requirement([{ each: 'ConfigMap', must: { 'data.a': { equals: 'b' }, related } }]),
    );
    assert.equal(found.filter((each) => each.endsWith('passes')).length, 2);
  });

  it('hold in streams whose objects share some of what they say', () => {
    const scalar = fc.constantFrom(
      'true',
      'false',
      '"true"',
      '0',
      '1000',
      'null',
      'Always',
      '""',
      '[ALL]',
      '{type: RuntimeDefault}',
    );
    const container = fc.record({
      image: fc.constantFrom(
        'nginx',
        'vllm/vllm-openai:latest',
        `"123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/a@sha256:${'0'.repeat(64)}"`,
      ),
      args: fc.constantFrom('[]', '["--port", "80"]', '["--api-key", "$(KEY)"]'),
      security: fc.dictionary(
        fc.constantFrom('runAsNonRoot', 'runAsUser', 'privileged', 'allowPrivilegeEscalation', 'capabilities'),
        scalar,
        { maxKeys: 2 },
      ),
      pod: fc.dictionary(
        fc.constantFrom('hostNetwork', 'automountServiceAccountToken', 'serviceAccountName', 'securityContext'),
        scalar,
        { maxKeys: 2 },
      ),
    });
    const flow = (fields: Record<string, string>): string =>
      `{${Object.entries(fields)
        .map(([key, value]) => `${key}: ${value}`)
        .join(', ')}}`;
    fc.assert(
      fc.property(
        fc.array(container, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(3), { minLength: 20, maxLength: 150 }),
        (shapes, order) => {
          const text = order.map((which, at) => {
            const { image, args, security, pod } = shapes[which % shapes.length] as (typeof shapes)[number];
            const containers = `[{name: c, image: ${image}, args: ${args}, securityContext: ${flow(security)}}]`;
            return `apiVersion: v1\nkind: Pod\nmetadata: {name: p${at}, namespace: n${at % 3}}\nspec: ${flow({ ...pod, containers })}\n`;
          });
          assertSame({ 'stream.yaml': text.join('---\n') });
        },
      ),
      { numRuns: 25 },
    );
  });

  for (const folder of ['kubernetes', 'terraform-plan']) {
    it(`say the same of every file of the corpus: ${folder}`, function () {
      this.timeout(120_000);
      const corpus = new URL(`../../../shared/corpus/${folder}/`, import.meta.url);
      if (!existsSync(corpus)) {
        process.stderr.write('      skipped: the corpus is not beside this checkout\n');
        this.skip();
      }
      const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((path) =>
        /\.(ya?ml|json)$/.test(path),
      );
      assert.ok(files.length > 100);
      const texts = files.flatMap((file): [string, string][] => {
        const text = readFileSync(new URL(file, corpus), 'utf8');
        try {
          readManifest(file, text, given);
          return [[file, text]];
        } catch (error) {
          if (!(error instanceof RampartError)) throw error;
          return [];
        }
      });
      assert.ok(assertSame(Object.fromEntries(texts)).length > 20);
    });
  }
});
