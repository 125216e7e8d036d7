import assert from 'node:assert/strict';
import type { SealedBundle } from '../../src/evidence/bundle.js';
import { canonicalBytes } from '../../src/evidence/canonical-json.js';
import { encodeEnvelope, parseEnvelope } from '../../src/evidence/dsse.js';
import { sealVerdict } from '../../src/evidence/seal-verdict.js';
import { signPayload } from '../../src/evidence/sign.js';
import { payloadType } from '../../src/evidence/statement.js';
import { encodeVerdict, type Grounds, type Judged, judgedSubjects, parseVerdict } from '../../src/evidence/verdict.js';
import { verifyVerdict } from '../../src/evidence/verify-verdict.js';
import {
  anotherSigner,
  bytesOf,
  failed,
  inHand,
  now,
  policyFor,
  refusedBy,
  replace,
  seal,
  sealNumber,
  signer,
  utf8,
  verdict,
  verify,
} from './sample.js';

const path = 'attestations/verdict.dsse.json';
const parameters: Judged = { path: 'p.json', bytes: utf8('{"A":"1"}'), kind: 'parameters' };
const plan: Judged = { path: 'tfplan', bytes: utf8('PK'), kind: 'plan' };

describe("the gate's verdict in a bundle", () => {
  let good: SealedBundle;
  before(async () => {
    good = await seal();
  });

  it('vouches for the very file that was judged', () => {
    const result = verify(good.files, { inHand });
    assert.equal(result.level, 'verified');
    assert.equal(result.verdict?.result, 'PASSED');
  });

  it('is a SLSA verification summary', () => {
    const said = JSON.parse(Buffer.from(parseEnvelope(bytesOf(good.files, path)).payload).toString());
    assert.equal(said._type, 'https://in-toto.io/Statement/v1');
    assert.equal(said.predicateType, 'https://slsa.dev/verification_summary/v1');
    assert.deepEqual(Object.keys(said.predicate), [
      'inputAttestations',
      'policy',
      'resourceUri',
      'timeVerified',
      'verificationResult',
      'verifiedLevels',
      'verifier',
    ]);
    assert.equal(said.predicate.inputAttestations[0].digest.sha256, good.identity);
  });

  it('lets nothing through that failed, though every signature holds', async () => {
    const bad = await seal({ verdict: { ...verdict, result: 'FAILED' } });
    assert.equal(verify(bad.files).level, 'verified', 'as evidence it is true');
    refusedBy(bad.files, 'artifact', /did not pass/, { inHand });
  });

  it('cannot be taken away', () => {
    const files = good.files.filter((file) => file.path !== path);
    refusedBy(files, 'verdict', /was taken away/);
    refusedBy(files, 'verdict', /was taken away/, { inHand, trustPolicy: undefined });
  });

  it('is missed before a deployment when the bundle never had one', async () => {
    const without = await seal({ verdict: undefined });
    assert.equal(verify(without.files).level, 'verified');
    refusedBy(without.files, 'artifact', /no verdict of the gate/, { inHand });
  });

  it('cannot be exchanged for that of another bundle, nor be signed by a stranger', async () => {
    const other = await sealNumber(1, null);
    refusedBy(
      replace(good.files, path, bytesOf(other.files, path)),
      'verdict',
      /not the one the bundle was sealed with/,
    );
    const envelope = parseEnvelope(bytesOf(good.files, path));
    const strange = encodeEnvelope(await signPayload(payloadType, envelope.payload, [anotherSigner()]));
    refusedBy(replace(good.files, path, strange), 'verdict', /0 of the 1 needed/);
    const passed = encodeVerdict({ ...verdict, manifest: 'c'.repeat(64) });
    const forged = encodeEnvelope(await signPayload(payloadType, passed, [signer]));
    refusedBy(replace(good.files, path, forged), 'verdict', /not the one/);
  });

  it('speaks of what its bundle speaks of, though the same keys signed both', async () => {
    const other: Judged = { path: 'deploy/other.yaml', bytes: utf8('Resources: {A: {}}\n'), kind: 'manifest' };
    const lies: [Partial<typeof verdict>, RegExp][] = [
      [{ system: { id: 'another', environment: 'test' } }, /not of sample in test, of which the bundle is/],
      [{ system: { id: 'sample', environment: 'production' } }, /not of sample in test/],
      [{ system: undefined } as unknown as Partial<typeof verdict>, /not of sample in test/],
      [{ subjects: judgedSubjects([other]) }, /not about the files the bundle was signed for/],
      [{ subjects: judgedSubjects([...inHand, other]) }, /not about the files/],
      [{ subjects: judgedSubjects([{ ...other, path: 'deploy/stack.yaml' }]) }, /not about the files/],
      [{ controlData: 'c'.repeat(64) }, /not made with what the bundle was made with/],
      [{ toolVersion: '0.0.9' }, /not made with what/],
    ];
    for (const [lie, why] of lies) refusedBy((await seal({ verdict: { ...verdict, ...lie } })).files, 'verdict', why);
  });

  it('is against a baseline the policy accepts', async () => {
    const wants = (baselines: readonly string[]) => ({
      trustPolicy: policyFor([signer], (file) => Object.assign(file, { baselines })),
    });
    assert.equal(verify(good.files, wants(['fedramp-rev5-high', 'fedramp-rev5-moderate'])).level, 'verified');
    refusedBy(
      good.files,
      'verdict',
      /no verdict against the baseline fedramp-rev5-moderate/,
      wants(['fedramp-rev5-high']),
    );
    refusedBy(
      (await seal({ verdict: undefined })).files,
      'verdict',
      /states no verdict/,
      wants(['fedramp-rev5-moderate']),
    );
  });

  it('wants all it rests on to be shown, as it was, under its name', async () => {
    const all = [...inHand, parameters, plan];
    const bundle = await seal({ artifacts: all, verdict: { ...verdict, subjects: judgedSubjects(all) } });
    assert.equal(verify(bundle.files, { inHand: all }).level, 'verified');
    refusedBy(bundle.files, 'artifact', /rests on "p.json" too: show it \(--parameters\)/, {
      inHand: [...inHand, plan],
    });
    refusedBy(bundle.files, 'artifact', /rests on "tfplan" too/, { inHand: [...inHand, parameters] });
    for (const one of all) {
      const flipped = Buffer.from(one.bytes);
      flipped[0] = (flipped[0] ?? 0) ^ 1;
      const drifted = all.map((each) => (each === one ? { ...each, bytes: flipped } : each));
      refusedBy(bundle.files, 'artifact', new RegExp(`"${one.path}" is not the`), { inHand: drifted });
      const renamed = all.map((each) => (each === one ? { ...each, path: 'other' } : each));
      refusedBy(bundle.files, 'artifact', /"other" is not among/, { inHand: renamed });
    }
    const swapped = all.map((each) => (each === parameters ? { ...each, kind: 'plan' as const } : each));
    refusedBy(bundle.files, 'artifact', /is not among/, { inHand: swapped });
  });

  it('says which file was judged where the command runs in another folder', async () => {
    const judged = { ...file('deploy/a.yaml'), bytes: utf8('A: {}\n') };
    const { files } = await sealing(judged, { ...file('live/a.yaml'), bytes: utf8('B: {}\n') });
    const elsewhere = (path: string, bytes = judged.bytes) => ({ inHand: [{ ...judged, path, bytes }] });
    for (const path of ['a.yaml', '../deploy/a.yaml', 'repo/deploy/a.yaml', '/repo/deploy/a.yaml', 'renamed.yaml'])
      refusedBy(
        files,
        'artifact',
        /not among.*: these bytes were judged as "deploy\/a\.yaml", a path from.*run/,
        elsewhere(path),
      );
    const changed = utf8('C: {}\n');
    refusedBy(
      files,
      'artifact',
      /not among.*: judged was "deploy\/a\.yaml", a path from/,
      elsewhere('/r/deploy/a.yaml', changed),
    );
    refusedBy(
      files,
      'artifact',
      /not among.*: judged were "deploy\/a\.yaml" and "live\/a\.yaml", pa/,
      elsewhere('a.yaml', changed),
    );
    refusedBy(files, 'artifact', /not among what this verdict is about$/, elsewhere('b.yaml', changed));
    refusedBy(files, 'artifact', /not among what this verdict is about$/, elsewhere('xa.yaml', changed));
  });

  const file = (name: string, grounds: Grounds = {}): Judged => ({
    path: name,
    bytes: utf8(`# ${name}\n`),
    kind: 'manifest',
    ...grounds,
  });
  const changed = (one: Judged): Judged => ({ ...one, bytes: utf8('# other\n') });
  const sealing = (...all: Judged[]) =>
    seal({ artifacts: all, verdict: { ...verdict, subjects: judgedSubjects(all) } });

  it('wants the templates nested in a template with it, and that with them', async () => {
    const [outer, inner, stack] = [
      file('main.yaml', { contains: ['nested.yaml'] }),
      file('nested.yaml'),
      file('z.yaml'),
    ];
    const { files } = await sealing(outer, inner, stack);
    assert.equal(verify(files, { inHand: [outer, inner] }).level, 'verified');
    assert.equal(verify(files, { inHand: [stack] }).level, 'verified', 'what is deployed by itself needs nothing else');
    refusedBy(files, 'artifact', /"nested.yaml" is nested in "main.yaml".*: show it too \(--for "nested.yaml"\)/, {
      inHand: [outer, stack],
    });
    refusedBy(files, 'artifact', /a part of "main.yaml" only.*: show it too \(--for "main.yaml"\)/, {
      inHand: [inner],
    });
    refusedBy(files, 'artifact', /"nested.yaml" is not the file that was judged/, { inHand: [outer, changed(inner)] });
    const parameter: Judged = { ...parameters, path: 'nested.yaml' };
    refusedBy(files, 'artifact', /"nested.yaml" is nested in/, { inHand: [outer, parameter] });
  });

  it('wants the assembly that says where a template goes with it', async () => {
    const assembly: Judged = { ...file('cdk.out/manifest.json'), kind: 'assembly' };
    const stack = file('cdk.out/a.json', { assembly: assembly.path });
    const other = file('z.yaml');
    const { files } = await sealing(stack, other, assembly);
    // Whoever deploys shows it as any other file.
    const shown: Judged = { ...assembly, kind: 'manifest' };
    assert.equal(verify(files, { inHand: [stack, shown] }).level, 'verified');
    assert.equal(verify(files, { inHand: [other] }).level, 'verified', 'what no assembly sends anywhere');
    refusedBy(files, 'artifact', /"cdk.out\/a.json" was judged for where "cdk.out\/manifest.json" says that it goes/, {
      inHand: [stack],
    });
    refusedBy(files, 'artifact', /is not what said where to deploy/, { inHand: [stack, changed(shown)] });
    const elsewhere: Judged = { ...shown, kind: 'parameters' };
    refusedBy(files, 'artifact', /is not among/, { inHand: [stack, elsewhere] });
  });

  it('wants what is published, byte for byte, and says for which nobody answers', async () => {
    const content: Judged = { ...file('cdk.out/asset.x'), kind: 'content' };
    const named = { contents: [content.path], unbound: ['asset.y, which is not there'] };
    const assets: Judged = { ...file('cdk.out/a.assets.json'), kind: 'assets', ...named };
    const stack = file('cdk.out/a.json', { assets: [assets.path] });
    const { files } = await sealing(stack, assets, content);
    const shown = [stack, { ...assets, kind: 'manifest' as const }];
    const { checks } = verify(files, { inHand: [...shown, content] });
    assert.match(
      checks.find(({ name }) => name === 'artifact')?.detail ?? '',
      /nobody vouches for its content: "asset\.y, which is not there"/,
    );
    refusedBy(files, 'artifact', /"cdk.out\/asset.x", which "cdk.out\/a.assets.json" publishes, is not there/, {
      inHand: shown,
    });
    refusedBy(files, 'artifact', /"cdk.out\/asset.x" is not what was to be published/, {
      inHand: [...shown, { ...content, bytes: Buffer.from('other') }],
    });
  });

  it('wants what names the files that are published with a template', async () => {
    const assets: Judged = { ...file('cdk.out/a.assets.json'), kind: 'assets' };
    const stack = file('cdk.out/a.json', { assets: [assets.path] });
    const { files } = await sealing(stack, file('z.yaml'), assets);
    const shown: Judged = { ...assets, kind: 'manifest' };
    assert.equal(verify(files, { inHand: [stack, shown] }).level, 'verified');
    assert.equal(verify(files, { inHand: [file('z.yaml')] }).level, 'verified', 'with which nothing is published');
    refusedBy(files, 'artifact', /"cdk.out\/a.json" is published with what "cdk.out\/a.assets.json" names/, {
      inHand: [stack],
    });
    refusedBy(files, 'artifact', /is not what named the files to publish/, { inHand: [stack, changed(shown)] });
  });

  it('wants every one of several of a kind', async () => {
    const second: Judged = { ...parameters, path: 'q.json' };
    const { files } = await sealing(...inHand, parameters, second);
    assert.equal(verify(files, { inHand: [...inHand, parameters, second] }).level, 'verified');
    refusedBy(files, 'artifact', /rests on "q.json" too/, { inHand: [...inHand, parameters] });
  });

  it('wants one of the templates that nest another, whichever is deployed', async () => {
    const [one, two] = [file('a.yaml', { contains: ['n.yaml'] }), file('b.yaml', { contains: ['n.yaml'] })];
    const inner = file('n.yaml');
    const { files } = await sealing(one, two, inner);
    for (const outer of [one, two]) assert.equal(verify(files, { inHand: [outer, inner] }).level, 'verified');
    refusedBy(files, 'artifact', /a part of "a.yaml" and 1 more only/, { inHand: [inner] });
  });

  it('names the objects it was judged by that are not shown', async () => {
    const [one, two, stack] = [file('a.yaml', { cluster: true }), file('b.yaml', { cluster: true }), file('c.yaml')];
    const { files } = await sealing(one, two, stack);
    const said = (...shown: Judged[]) =>
      verify(files, { inHand: shown }).checks.find(({ name }) => name === 'artifact')?.detail;
    assert.equal(
      said(one),
      '"a.yaml": as judged; judged by objects that are not shown: "b.yaml"; judged beside it and not shown: "c.yaml"',
    );
    assert.equal(said(stack), '"c.yaml": as judged; judged beside it and not shown: "a.yaml", "b.yaml"');
    assert.equal(said(one, two, stack), '"a.yaml", "b.yaml", "c.yaml": as judged');
  });

  it('names nothing that cannot be seen or turns a line around', () => {
    for (const name of ['a\u202elmay.b', 'a\u200b', 'a\u0007', 'a\u2066b', 'a\u2029b', 'a\ufeffb']) {
      const subjects = judgedSubjects([file(name)]);
      assert.throws(() => encodeVerdict({ ...verdict, subjects }), /without control or invisible characters/);
    }
    const odd = Buffer.from(encodeVerdict(verdict)).toString().replace('{"_type"', '{"\u202e":1,"_type"');
    assert.throws(
      () => parseVerdict(utf8(odd)),
      (error: Error) => !error.message.includes('\u202e'),
    );
  });

  it('rests on no manifest it does not name', () => {
    const refused: [Judged[], RegExp][] = [
      [[file('a', { contains: ['b'] })], /no other manifest/],
      [[file('a', { contains: ['a'] })], /no other manifest/],
      [[file('a', { contains: [] }), file('b')], /must have 1 to/],
      [[file('a', { contains: ['b', 'b'] }), file('b')], /names one twice/],
      [[file('a', { contains: ['p.json'] }), parameters], /no other manifest/],
      [[file('a'), { ...parameters, contains: ['a'] }], /is for manifests/],
      [[file('a'), { ...parameters, cluster: true }], /is for manifests/],
      [[file('a'), { ...parameters, assembly: 'a' }], /is for manifests/],
      [[file('a', { assembly: 'm.json' })], /no assembly of the verdict/],
      [[file('a', { assembly: 'b' }), file('b')], /no assembly of the verdict/],
      [[file('a'), { ...parameters, assets: ['a'] }], /is for manifests/],
      [[file('a', { assets: ['b'] }), file('b')], /no assets of the verdict/],
      [[file('a', { contents: ['b'] }), { ...file('b'), kind: 'content' }], /is for what names assets/],
      [[{ ...file('a', { contents: ['b'] }), kind: 'assets' }], /is no content of the verdict/],
      [[file('a', { assets: ['b', 'b'] }), { ...file('b'), kind: 'assets' }], /names one twice/],
    ];
    for (const [subjects, why] of refused)
      assert.throws(() => encodeVerdict({ ...verdict, subjects: judgedSubjects(subjects) }), why);
  });
});

describe('a verdict by itself', () => {
  const check = async (changes: Partial<typeof verdict> = {}, options: Parameters<typeof verifyVerdict>[1] = { now }) =>
    verifyVerdict(await sealVerdict({ ...verdict, ...changes }, [signer]), {
      trustPolicy: policyFor(),
      inHand,
      ...options,
    });

  it('is verified by a pinned key, and only intact without', async () => {
    assert.equal((await check()).level, 'verified');
    assert.equal((await check({}, { now, trustPolicy: undefined })).level, 'intact');
    const strange = await sealVerdict(verdict, [anotherSigner()]);
    assert.equal(failed(verifyVerdict(strange, { now, trustPolicy: policyFor() })), 'signature');
  });

  it('does not outlive the policy, come from the future or speak for another system', async () => {
    assert.equal(failed(await check({}, { now: new Date('2027-01-01T00:00:00Z') })), 'signature');
    assert.equal(failed(await check({}, { now: new Date('2026-12-21T00:00:00Z') })), 'freshness');
    assert.equal(failed(await check({ timeVerified: '2026-11-20T10:00:00Z' })), 'freshness');
    const wants = (change: object) => ({
      now,
      trustPolicy: policyFor([signer], (file) => Object.assign(file, change)),
    });
    assert.equal(failed(await check({}, wants({ systems: ['other'] }))), 'schemas');
    assert.equal(failed(await check({}, wants({ environments: ['production'] }))), 'schemas');
    assert.equal(failed(await check({}, wants({ baselines: ['fedramp-rev5-high'] }))), 'schemas');
    assert.equal((await check({}, wants({ baselines: ['fedramp-rev5-moderate'] }))).level, 'verified');
    const { system: _, ...anonymous } = verdict;
    const nameless = await sealVerdict(anonymous, [signer]);
    assert.equal(failed(verifyVerdict(nameless, wants({ systems: ['sample'] }))), 'schemas');
  });

  it('lets nothing through that failed', async () => {
    assert.equal(failed(await check({ result: 'FAILED' })), 'artifact');
  });

  it('is not the verdict out of a bundle, nor any other statement', async () => {
    const bundle = await seal();
    const options = { now, trustPolicy: policyFor(), inHand };
    assert.equal(failed(verifyVerdict(bytesOf(bundle.files, path), options)), 'verdict');
    assert.equal(failed(verifyVerdict(bytesOf(bundle.files, 'attestations/bundle.dsse.json'), options)), 'statement');
  });

  it('has one spelling only', () => {
    const text = Buffer.from(encodeVerdict(verdict)).toString();
    for (const [from, to] of [
      ['"PASSED"', '"FAILED"'],
      ['RAMPART_fed', 'SLSA_BUILD_LEVEL_3_fed'],
      ['"inputAttestations":[]', '"inputAttestations":[{"digest":{"sha256":"00"},"uri":"x"}]'],
      ['"kind":"manifest"', '"kind":"other"'],
      ['urn:rampart:system:sample:test', 'urn:rampart:system:sample'],
      ['"rampart":"0.1.0"', '"rampart":"0.1.0","x":1'],
    ] as const) {
      assert.ok(text.includes(from), from);
      assert.throws(() => parseVerdict(utf8(text.replace(from, to))), from);
    }
    const unsorted = JSON.parse(text);
    unsorted.subject.push(unsorted.subject[0]);
    assert.throws(() => parseVerdict(canonicalBytes(unsorted)), /not sorted, or names one twice/);
  });
});
