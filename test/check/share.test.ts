import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { check } from '#check/check.js';
import { checkShare, joined, type Share } from '#check/share.js';
import { Cluster, readManifest } from '#manifest/read.js';
import type { Manifest } from '#model/resource.js';
import { plan } from '../manifest/terraform/plan.js';
import { against } from './gate.js';

const given = { ...against.boundary, parameters: {} };
const needing = { ...against, needs: ['bedrock', 'sagemaker', 'eks-vllm'] as const, system: 'a system' };

/** Reads texts as one run does: in the order of their names, all in one cluster. */
function read(texts: readonly (readonly [string, string])[]): Manifest[] {
  const cluster = new Cluster();
  return texts.flatMap(([file, text]) => {
    const manifest = readManifest(file, text, given, cluster);
    return 'resources' in manifest ? [manifest] : [];
  });
}

/** What the shares of a run say together. Each is of a process of its own: it reads for itself, and what it says is written down. */
function split(texts: readonly (readonly [string, string])[], of: number): string {
  const shares = Array.from({ length: of }, (_, index): Share => {
    const places = new Map(texts.map(([file], place) => [file, place]));
    const own = ({ file }: Manifest): number | undefined => {
      const place = places.get(file) ?? 0;
      return place % of === index ? place : undefined;
    };
    // A file that stands alone is read by its own share only.
    const here = texts.filter(([, text], place) => place % of === index || /apiVersion/.test(text));
    return JSON.parse(JSON.stringify(checkShare(read(here), own, needing)));
  });
  return JSON.stringify(joined(shares.reverse()));
}

const whole = (texts: readonly (readonly [string, string])[]): string => JSON.stringify(check(read(texts), needing));

const pod = (name: string, namespace: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: ${namespace}, labels: {app: ${name}}}\nspec: {containers: [{name: c, image: x}]}\n`;

describe('a run in shares', () => {
  it('says what one run says, of files that speak of each other', () => {
    const texts = [
      ['a.yaml', pod('a', 'n')],
      ['b.yaml', pod('b', 'n')],
      ['c.yaml', pod('c', 'm')],
      ['d.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: m}\n'],
      [
        'e.yaml',
        'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: n}\nspec: {podSelector: {}, policyTypes: [Ingress, Egress]}\n',
      ],
      [
        'f.yaml',
        'Resources: {E: {Type: AWS::EC2::VPCEndpoint, Properties: {ServiceName: com.amazonaws.us-gov-west-1.bedrock-runtime, VpcEndpointType: Interface}}}\n',
      ],
      ['g.yaml', 'Resources: {E: {Type: AWS::EC2::VPCEndpoint, Properties: {ServiceName: x}}}\n'],
    ] as const;
    const findings = JSON.parse(whole(texts)) as { requirement: string; type: string }[];
    assert.ok(
      findings.some(({ type }) => type === 'system'),
      'something is missing',
    );
    assert.equal(
      findings.filter(({ requirement, type }) => requirement === 'namespace-pod-security' && type === 'Namespace')
        .length,
      2,
    );
    for (let of = 1; of <= 9; of += 1) assert.equal(split(texts, of), whole(texts), `${of} shares`);
  });

  it('says so of plans that hold objects of the same cluster', () => {
    const object = (kind: string, name: string, more: object = {}) => ({
      address: `kubernetes_manifest.${name}`,
      after: { manifest: { apiVersion: 'v1', kind, metadata: { name, namespace: 'n' }, ...more } },
    });
    const spec = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };
    const texts = [
      ['a.yaml', pod('a', 'n')],
      ['b.json', plan([object('NetworkPolicy', 'deny', { apiVersion: 'networking.k8s.io/v1', spec })])],
      [
        'c.json',
        plan([object('Pod', 'p', { spec: { containers: [{ name: 'c', image: 'x' }] } }), { address: 'aws_x.y' }]),
      ],
      ['d.json', plan([{ address: 'kubectl_manifest.q', after: { yaml_body: pod('q', 'm') } }])],
    ] as const;
    const findings = JSON.parse(whole(texts)) as { requirement: string; resource: string; verdict: string }[];
    assert.deepEqual(
      findings
        .filter(({ requirement, verdict }) => requirement === 'pod-default-deny' && verdict === 'pass')
        .map(({ resource }) => resource),
      ['Pod/n/a/pod', 'kubernetes_manifest.p/pod'],
    );
    for (let of = 1; of <= 5; of += 1) assert.equal(split(texts, of), whole(texts), `${of} shares`);
  });

  it('says so of any files of the corpus in any number of shares', function () {
    this.timeout(240_000);
    const corpus = new URL('../../../shared/corpus/', import.meta.url);
    if (!existsSync(corpus)) {
      process.stdout.write('      skipped: the corpus is not beside this checkout\n');
      this.skip();
    }
    const all = ['cloudformation/', 'kubernetes/'].flatMap((folder) =>
      readdirSync(new URL(folder, corpus), { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.(ya?ml|json|template)$/.test(path))
        .sort()
        .map((path) => [folder + path, readFileSync(new URL(folder + path, corpus), 'utf8')] as const)
        .filter(([file, text]) => {
          try {
            return text.length < 30_000 && 'resources' in readManifest(file, text, given);
          } catch {
            return false;
          }
        }),
    );
    assert.ok(all.length > 400);
    fc.assert(
      fc.property(fc.subarray(all, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 6 }), (texts, of) => {
        assert.equal(split(texts, of), whole(texts));
      }),
      { numRuns: 25 },
    );
  });
});
