import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { Member } from '#model/bundle.js';
import { verdicts } from '#model/verdict.js';
import { sealBundle } from '../../src/evidence/bundle.js';
import { parseEnvelope } from '../../src/evidence/dsse.js';
import { generateKey } from '../../src/evidence/key.js';
import { parseManifest } from '../../src/evidence/manifest.js';
import { localSigner } from '../../src/evidence/sign.js';
import { type Predicate, parseStatement, type Subject } from '../../src/evidence/statement.js';
import { readUstar } from '../../src/evidence/ustar.js';
import { type JudgedSubject, parseVerdict, type Verdict } from '../../src/evidence/verdict.js';
import { Desk } from './command-line.js';

const signers = [localSigner(generateKey('ecdsa-p256-sha256').privateKeyPem)];
const outer = 'Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./inner.yaml}}}\n';
const inner = 'Resources: {T: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: alias/aws/sns}}}\n';
const objects = (name: string): string => `apiVersion: v1
kind: Secret
metadata: {name: ${name}, namespace: n}
stringData: {password: hunter2hunter2}
---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: n}
spec: {containers: [{name: c, image: c}]}
`;

interface Lies {
  verdict?: (verdict: Verdict) => Verdict;
  /** What becomes of a member's text. */
  members?: Readonly<Record<string, (text: string) => string>>;
  subjects?: (subjects: readonly Subject[]) => readonly Subject[];
  /** What becomes of the members as a whole. */
  all?: (members: readonly Member[]) => readonly Member[];
  predicate?: (predicate: Omit<Predicate, 'verdict'>) => Omit<Predicate, 'verdict'>;
  epoch?: number;
  isWithoutVerdict?: true;
  /** Set where the verdict and the statement of the bundle do not agree, which every verification sees. */
  isRefused?: true;
  /** Flags beside those that every verification has. */
  more?: readonly string[];
}

/** A bundle whose signatures and digests all hold, and which says what its facts do not give. */
describe('a bundle that is made again', function () {
  this.timeout(180_000);
  const desk = new Desk('bedrock');
  after(() => desk.clear());
  let archive: Uint8Array;

  before(() => {
    mkdirSync(desk.path('deploy'));
    desk.write('deploy/outer.yaml', outer);
    desk.write('deploy/inner.yaml', inner);
    desk.write('deploy/a.yaml', objects('a'));
    desk.write('deploy/b.yaml', objects('b'));
    desk.write('p.json', '[]');
    assert.equal(desk.rampart(['evidence', 'keygen']).exit, 0);
    const made = [
      'evidence',
      'create',
      'deploy',
      '--parameters',
      'p.json',
      '--key',
      'rampart.key.pem',
      '--out',
      'b.tar',
    ];
    const { exit, stderr } = desk.rampart(made);
    assert.equal(exit, 0, stderr);
    archive = desk.bytes('b.tar');
  });

  async function problems({
    verdict: lie = (same) => same,
    members: changes = {},
    subjects,
    all = (same) => same,
    predicate: other = (same) => same,
    epoch,
    isWithoutVerdict,
    isRefused,
    more = [],
  }: Lies): Promise<string[]> {
    const files = new Map(readUstar(archive).files.map(({ path, bytes }) => [path, bytes]));
    const bytesOf = (path: string) => files.get(path) ?? new Uint8Array(0);
    const { members, sourceDateEpoch } = parseManifest(bytesOf('manifest.json'));
    const { predicate, subjects: signed } = parseStatement(
      parseEnvelope(bytesOf('attestations/bundle.dsse.json')).payload,
    );
    const { verdict: _, ...claims } = predicate;
    const { manifest: __, ...said } = parseVerdict(parseEnvelope(bytesOf('attestations/verdict.dsse.json')).payload);
    const changed = (path: string): Uint8Array => {
      const change = changes[path];
      return change ? Buffer.from(change(Buffer.from(bytesOf(path)).toString())) : bytesOf(path);
    };
    const own = members.map(
      ({ path, mediaType, role, derivedFrom }): Member => ({
        path,
        bytes: changed(path),
        mediaType,
        role,
        derivedFrom,
      }),
    );
    const artifacts = (subjects ? subjects(signed.slice(1)) : signed.slice(1)).map(({ name }) => ({
      path: name,
      bytes: desk.bytes(name),
    }));
    const request = {
      members: all(own),
      artifacts,
      predicate: other(claims),
      verdict: isWithoutVerdict ? undefined : lie(said),
      signers,
      sourceDateEpoch: epoch ?? sourceDateEpoch,
    };
    const { archive: forged } = await sealBundle(request);
    desk.write('forged.tar', forged);
    const verify = ['evidence', 'verify', 'forged.tar', '--allow-intact', '--json'];
    const held = desk.rampart(verify);
    if (isRefused) {
      assert.equal(held.exit, 5, 'refused without being made again');
      return JSON.parse(held.stdout).problems.map(({ message }: { message: string }) => message);
    }
    assert.equal(held.exit, 0, 'all signatures and digests hold');
    const { stdout, exit } = desk.rampart([...verify, '--rebuild', ...more]);
    const found: { message: string }[] = JSON.parse(stdout).problems;
    assert.equal(exit, found.length > 0 ? 5 : 0);
    return found.map(({ message }) => message.replace(/^rebuild: /, ''));
  }

  it('is what its facts give', async () => {
    assert.deepEqual(await problems({}), []);
  });

  const passed = (verdict: Verdict): Verdict => ({ ...verdict, result: 'PASSED' });

  it('has no verdict that says something else', async () => {
    const lie = (verdict: Verdict): Verdict => ({
      ...passed(verdict),
      timeVerified: '2026-01-01T00:00:00.000Z',
      baseline: 'fedramp-rev5-low',
    });
    const fields = ['result', 'timeVerified', 'baseline'];
    assert.deepEqual(
      await problems({ verdict: lie }),
      fields.map((field) => `attestations/verdict.dsse.json: ${field} is not what the facts give`),
    );
    const nameless = await problems({ verdict: ({ system: _, ...rest }) => rest, isRefused: true });
    assert.match(nameless.join(), /the verdict is not of casework in production, of which the bundle is/);
  });

  const subject = (name: string, change: (subject: JudgedSubject) => JudgedSubject[]) => ({
    verdict: (verdict: Verdict) => ({
      ...verdict,
      subjects: verdict.subjects.flatMap((each) => (each.name === name ? change(each) : [each])),
    }),
  });
  const digest = { sha256: 'd'.repeat(64), sha384: 'd'.repeat(96) };

  it('speaks of the manifests it holds', async () => {
    const outerName = 'deploy/outer.yaml';
    const said = 'attestations/verdict.dsse.json: subject';
    const without = await problems(subject(outerName, ({ contains: _, ...each }) => [each]));
    assert.deepEqual(without, [`${said} ${outerName} is not what the facts give`]);
    const left = await problems({
      ...subject('deploy/a.yaml', () => []),
      subjects: (all) => all.filter(({ name }) => name !== 'deploy/a.yaml'),
    });
    assert.ok(left.includes(`${said} deploy/a.yaml is not what the facts give`), left.join('\n'));
    const alone = await problems(subject('deploy/a.yaml', ({ cluster: _, ...each }) => [each]));
    assert.deepEqual(alone, [`${said} deploy/a.yaml is not what the facts give`]);
  });

  it('was signed for what its verdict speaks of', async () => {
    const said = ['verdict: the verdict is not about the files the bundle was signed for'];
    const refused = (lies: Lies) => problems({ ...lies, isRefused: true });
    assert.deepEqual(await refused({ subjects: (all) => all.filter(({ name }) => name !== 'p.json') }), said);
    for (const name of ['p.json', 'deploy/outer.yaml']) {
      assert.deepEqual(await refused(subject(name, (each) => [{ ...each, digest }])), said);
    }
    assert.deepEqual(await refused(subject('p.json', () => [])), said);
  });

  it('passes by its findings, whatever stands beside them', async () => {
    const said = (text: string): string => {
      const result = JSON.parse(text);
      return `${JSON.stringify({ ...result, gate: { ...result.gate, exit: 'passed', exitCode: 0 } })}\n`;
    };
    const forged = await problems({
      verdict: passed,
      members: { 'results/findings.json': said },
    });
    assert.ok(forged.includes('results/findings.json: gate is not what the facts give'), forged.join('\n'));
    const fewer = (text: string): string => {
      const result = JSON.parse(text);
      return `${JSON.stringify({ ...result, files: result.files.slice(1) })}\n`;
    };
    const unjudged = await problems({ members: { 'results/findings.json': fewer } });
    assert.ok(unjudged.includes('results/findings.json: files is not what the facts give'), unjudged.join('\n'));
    const tolerant = (text: string): string => {
      const result = JSON.parse(text);
      const findings = result.findings.map((each: object) => ({ ...each, toleratedBy: 'fail-on' }));
      return `${JSON.stringify({ ...result, findings })}\n`;
    };
    const letBy = await problems({ members: { 'results/findings.json': tolerant } });
    assert.ok(
      letBy.some((each) => each.includes('toleratedBy of findings is not')),
      letBy.join('\n'),
    );
  });

  it('has the plan of its system file', async () => {
    const weaker = (text: string): string => {
      const plan = JSON.parse(text);
      return `${JSON.stringify({ ...plan, system: { ...plan.system, gate: { failOn: 'critical' } } })}\n`;
    };
    const forged = await problems({ members: { 'results/plan.json': weaker } });
    assert.ok(forged.includes('results/plan.json is not what the system file gives'), forged.join('\n'));
    const broken = await problems({ members: { 'inputs/rampart.yaml': () => 'version: 1\n' } });
    assert.match(broken.join('\n'), /inputs\/rampart\.yaml gives no plan/);
  });

  const input = (path: string): Member => ({
    path,
    bytes: Buffer.from('{}'),
    mediaType: 'application/json',
    role: 'input',
  });
  const described = (path: string, change: Partial<Member>): Lies => ({
    all: (members) => members.map((member) => (member.path === path ? { ...member, ...change } : member)),
  });
  const unsaid: [string, Lies, RegExp][] = [
    ['an input more', { all: (members) => [...members, input('inputs/z.yaml')] }, /^inputs\/z\.yaml is not derived/m],
    [
      'a file of waivers nobody gave',
      { all: (members) => [...members, input('inputs/waivers/z.yaml')] },
      /findings\.json is not described/,
    ],
    [
      'an assembly nothing comes from',
      { all: (members) => [...members, input('inputs/assemblies/manifest.json')] },
      /subject manifest\.json is not what the facts give/,
    ],
    [
      'other sources of its control data',
      { members: { 'inputs/control-data.json': (text) => text.replace('"sources":[', '"sources":[{},') } },
      /^inputs\/control-data\.json is not what/m,
    ],
    [
      'a role of its own',
      described('report/index.html', { role: 'evidence' }),
      /^report\/index\.html is not described/m,
    ],
    [
      'findings of nothing',
      described('results/findings.json', { derivedFrom: [] }),
      /^results\/findings\.json is not described/m,
    ],
    [
      'a manifest everybody may read',
      described('inputs/manifests/deploy/outer.yaml', { sensitivity: 'public' }),
      /outer\.yaml is not described/,
    ],
    [
      'another version of the tool',
      {
        predicate: (said) => ({ ...said, tool: { ...said.tool, version: '9.9.9' } }),
        verdict: (said) => ({ ...said, toolVersion: '9.9.9' }),
      },
      /statement: tool is not/,
    ],
    [
      'an end nobody can ask for',
      { predicate: (said) => ({ ...said, expiresAt: '2099-01-01T00:00:00.000Z' }) },
      /statement: expiresAt is not/,
    ],
    ['no verdict', { isWithoutVerdict: true }, /statement: verdict is not/],
    ['files of another time', { epoch: 12_345 }, /sourceDateEpoch/],
  ];
  for (const [what, lie, words] of unsaid) {
    it(`has not ${what}`, async () => assert.match((await problems(lie)).join('\n'), words));
  }

  it('says nothing that is held against nothing', async () => {
    const told = (change: (result: { files: object[] }) => object): Lies => ({
      members: { 'results/findings.json': (text) => `${JSON.stringify(change(JSON.parse(text)))}\n` },
      more: ['--judged-with', 'p.json'],
    });
    const strange = await problems(told((result) => ({ ...result, approvedBy: 'somebody' })));
    assert.ok(
      strange.includes('results/findings.json: approvedBy is not what judging again gives'),
      strange.join('\n'),
    );
    const resources = await problems(
      told((result) => ({ ...result, files: result.files.map((file) => ({ ...file, resources: 9 })) })),
    );
    assert.match(resources.join('\n'), /findings\.json: what is said of deploy\/outer\.yaml is not what judging again/);
    const spaced = await problems({ members: { 'results/findings.json': (text) => `${text} ` } });
    assert.ok(spaced.includes('results/findings.json is not what the facts give'), spaced.join('\n'));
  });

  const given = ['--judged-with', 'p.json'];
  const judging = (change: (findings: Record<string, unknown>[]) => unknown[]) => ({
    'results/findings.json': (text: string): string => {
      const result = JSON.parse(text);
      const findings = change(result.findings) as { verdict: string }[];
      const counts = verdicts.map((verdict) => [verdict, findings.filter((one) => one.verdict === verdict).length]);
      const summary = Object.fromEntries(counts);
      return `${JSON.stringify({ ...result, findings, summary })}\n`;
    },
  });
  const again = async (change: (findings: Record<string, unknown>[]) => unknown[], more: readonly string[] = given) =>
    (await problems({ members: judging(change), more })).filter((each) => /judging again/.test(each));
  const topic = ({ resource, requirement }: Record<string, unknown>): boolean =>
    resource === 'S/T' && requirement === 'messaging-kms';

  it('has the findings that judging its manifests again gives', async () => {
    const { stdout } = desk.rampart(['evidence', 'verify', 'b.tar', '--allow-intact', '--rebuild', ...given]);
    assert.match(stdout, /the manifests were judged again, which gives (\d+) of the \d+ findings/);
    const better = await again((all) => all.map((one) => (topic(one) ? { ...one, verdict: 'pass' } : one)));
    assert.deepEqual(better, [
      'results/findings.json: pass of messaging-kms for S/T (deploy/inner.yaml:1) is not what judging again gives',
      'results/findings.json: fail of messaging-kms for S/T (deploy/inner.yaml:1) is missing: judging again gives it',
    ]);
    const fewer = await again((all) => all.filter((one) => !topic(one)));
    assert.deepEqual(fewer, better.slice(1));
    const more = await again((all) => [...all, ...all.filter(topic)]);
    assert.deepEqual(more, [better[0]?.replace('pass of', 'fail of')]);
    const other = await again((all) => all.map((one) => (topic(one) ? { ...one, reason: 'it is of no matter' } : one)));
    assert.equal(other.length, 2);
  });

  it('has waivers as they were given', () => {
    const day = (after: number): string => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);
    const waiver = (resource: string): string =>
      `  - {requirement: messaging-kms, resource: ${resource}, owner: a, approver: b, approved: ${day(-1)}, expires: ${day(5)}, reason: Announcements only, ticket: A-1}\n`;
    desk.write('accepted.yaml', `waivers:\n${waiver('S/T')}${waiver('Elsewhere')}`);
    const flags = ['--waivers', './accepted.yaml', '--key', 'rampart.key.pem', '--out', 'w.tar'];
    const made = desk.rampart(['evidence', 'create', 'deploy/outer.yaml', ...flags]);
    assert.equal(made.exit, 0, made.stderr);
    assert.match(`${made.stdout}${made.stderr}`, /1 waived/);
    const { stdout, exit } = desk.rampart(['evidence', 'verify', 'w.tar', '--allow-intact', '--rebuild']);
    assert.equal(exit, 0, stdout);
  });

  it('is judged again whatever its resources are called', () => {
    desk.write(
      'odd.yaml',
      'Resources:\n  "\\ud800": {Type: AWS::SQS::Queue}\n  "__proto__": {Type: AWS::SQS::Queue}\n',
    );
    const sealed = desk.rampart(['evidence', 'create', 'odd.yaml', '--key', 'rampart.key.pem', '--out', 'o.tar']);
    assert.equal(sealed.exit, 0, sealed.stderr);
    const again = desk.rampart(['evidence', 'verify', 'o.tar', '--allow-intact', '--rebuild', '--strict']);
    assert.equal(again.exit, 0, again.stdout);
  });

  /** How many findings judging again did not give. */
  const notAgain = (stdout: string): number => {
    const [, given = '', all = ''] = /judged again, which gives (\d+) of the (\d+) findings/.exec(stdout) ?? [];
    return Number(all) - Number(given);
  };

  it('says of which findings whoever sealed them answers', async () => {
    const { stdout } = desk.rampart(['evidence', 'verify', 'b.tar', '--allow-intact', '--rebuild', ...given]);
    assert.match(
      stdout,
      /whoever sealed it answers for 1 of these, on deploy\/a\.yaml, which is kept without what is secret/,
    );
    assert.equal(notAgain(stdout), 2, 'all but that the two Secrets are spelt out is judged again');
    const flow =
      '{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: n}, stringData: {password: hunter2hunter2}}\n';
    desk.write('flow.yaml', `${flow}---\n${objects('z').split('---\n')[1]}`);
    const sealed = desk.rampart(['evidence', 'create', 'flow.yaml', '--key', 'rampart.key.pem', '--out', 'f.tar']);
    assert.equal(sealed.exit, 0, sealed.stderr);
    const again = desk.rampart(['evidence', 'verify', 'f.tar', '--allow-intact', '--rebuild']);
    assert.equal(notAgain(again.stdout), 1);
    const ungiven = desk.rampart(['evidence', 'verify', 'b.tar', '--allow-intact', '--rebuild']);
    assert.match(ungiven.stdout, /the manifests were not judged again: --judged-with has to name p\.json/);
    assert.equal(ungiven.exit, 0);
    desk.write('q.json', '[ ]');
    const other = ['evidence', 'verify', 'b.tar', '--allow-intact', '--rebuild', '--judged-with', 'q.json'];
    assert.match(desk.rampart(other).stdout, /rebuild: q\.json is not the p\.json the verdict speaks of/);
  });

  describe('with --strict', () => {
    const strict = (...more: string[]) => {
      const flags = ['--allow-intact', '--rebuild', '--strict', '--json', ...more];
      const { exit, stdout, stderr } = desk.rampart(['evidence', 'verify', 'b.tar', ...flags]);
      const { level, problems = [], judgedAgain } = JSON.parse(stdout);
      return {
        exit,
        stderr,
        level,
        judgedAgain,
        messages: problems.map((one: { message: string }) => one.message).join('\n'),
      };
    };
    const originals = ['--judged-with', 'deploy/a.yaml', '--judged-with', 'deploy/b.yaml'];

    it('is not trusted where anything was not judged again', () => {
      const ungiven = strict();
      assert.deepEqual([ungiven.exit, ungiven.level], [5, 'not-trusted']);
      assert.match(
        ungiven.messages,
        /only whoever sealed it answers for \d+ of its findings, on p\.json, which no bundle holds/,
      );
      const inPart = strict(...given);
      assert.equal(inPart.exit, 5);
      assert.match(inPart.messages, /deploy\/a\.yaml, which is kept without what is secret/);
      assert.match(inPart.messages, /deploy\/b\.yaml, which is kept without what is secret/);
      assert.equal(inPart.judgedAgain.left.length, 2);
      assert.equal(strict(...given, ...originals.slice(0, 2)).exit, 5, 'one of two');
    });

    it('is trusted where somebody has what the bundle does not hold, whatever it is called here', () => {
      const { exit, judgedAgain, messages } = strict(...given, ...originals);
      assert.equal(exit, 0, messages);
      assert.deepEqual(judgedAgain.left, []);
      assert.equal(judgedAgain.same, judgedAgain.findings);
      desk.write('elsewhere.yaml', objects('a'));
      assert.equal(strict(...given, '--judged-with', 'elsewhere.yaml', ...originals.slice(2)).exit, 0);
    });

    it('takes no other file for what was judged', () => {
      desk.write('elsewhere.yaml', objects('a').replace('hunter2hunter2', 'hunter3hunter3'));
      const { exit, messages } = strict(...given, '--judged-with', 'elsewhere.yaml', ...originals.slice(2));
      assert.equal(exit, 5);
      assert.match(messages, /elsewhere\.yaml is not a file the verdict speaks of/);
    });

    it('needs --rebuild', () => {
      const { exit, stderr } = desk.rampart(['evidence', 'verify', 'b.tar', '--strict']);
      assert.equal(exit, 2);
      assert.match(stderr, /--strict needs --rebuild|--rebuild/);
    });
  });

  it('keeps of a manifest with a Secret what was judged, and nothing else', async () => {
    const name = 'inputs/manifests/deploy/a.yaml';
    const harmless = (text: string): string => text.replace('image: c', 'image: d');
    const more = [...given, '--judged-with', 'deploy/a.yaml', '--judged-with', 'deploy/b.yaml'];
    const forged = await problems({ members: { [name]: harmless }, more });
    assert.ok(
      forged.includes(`${name} is not what is kept of the deploy/a.yaml the verdict speaks of`),
      forged.join('\n'),
    );
  });

  it('says how many findings of what it holds in part it leaves out', async () => {
    const isOfPod = ({ resource }: Record<string, unknown>) => String(resource).startsWith('Pod/n/a');
    const fewer = judging((all) => all.filter((one) => !isOfPod(one)));
    const whole = [...given, '--judged-with', 'deploy/a.yaml', '--judged-with', 'deploy/b.yaml'];
    assert.match(
      (await problems({ members: fewer, more: whole })).join('\n'),
      /Pod\/n\/a.* is missing: judging again gives/,
    );
  });
});
