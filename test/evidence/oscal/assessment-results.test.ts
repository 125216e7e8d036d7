import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { RampartError } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import { type Verdict, verdicts } from '#model/verdict.js';
import { compileOscalValidator } from '../../../src/build/oscal-schema.js';
import {
  type AssessmentInput,
  assessmentOf,
  assessmentResults,
} from '../../../src/evidence/oscal/assessment-results.js';
import { type ValidateOscal, validateOscal } from '../../../src/evidence/oscal/validate.js';
import * as sample from './sample.js';

const official = new URL('../../../../shared/data/oscal/oscal_complete_schema-1.2.1.json', import.meta.url);
const catalog = new URL(
  '../../../../shared/data/oscal/baselines/NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json',
  import.meta.url,
);
const shipped = new URL('../../../controls/catalog/oscal-1.2.1.schema.json', import.meta.url);

const input: AssessmentInput = {
  plan: sample.plan,
  findings: sample.findings,
  observations: sample.observations,
  system: sample.system,
  baseline: sample.baseline,
  toolVersion: '0.1.0',
  controlDataDigest: sample.controlDataDigest,
  time: sample.time,
  files: [
    {
      path: sample.bedrockFile,
      location: `inputs/${sample.bedrockFile}`,
      sha256: 'ab'.repeat(32),
      mediaType: 'application/yaml',
    },
  ],
};

interface Prop {
  name: string;
  value: string;
  class?: string;
}
interface Item {
  uuid: string;
  title: string;
  description: string;
  remarks: string;
  props: Prop[];
}
interface Result extends Item {
  start: string;
  'local-definitions': { components: Item[]; 'inventory-items'?: Item[] };
  'reviewed-controls': { 'control-selections': { 'include-controls': { 'control-id': string }[] }[] };
  observations: (Item & {
    collected: string;
    types: string[];
    subjects: { type: string; 'subject-uuid': string; title: string; remarks?: string }[];
    'relevant-evidence'?: { href?: string; props: Prop[] }[];
  })[];
  risks?: (Item & { status: string; statement: string; deadline?: string })[];
  findings?: {
    title: string;
    target: { type: string; 'target-id': string; status: { state: string; reason: string } };
    'related-observations': { 'observation-uuid': string }[];
    'related-risks': { 'risk-uuid': string }[];
  }[];
}
interface Document {
  uuid: string;
  'import-ap': { href: string };
  'local-definitions': { activities: Item[] };
  results: [Result];
  'back-matter': { resources: (Item & { rlinks?: { href: string; hashes?: unknown[] }[] })[] };
}

const documentOf = (given: AssessmentInput): Document =>
  assessmentResults(assessmentOf(given))['assessment-results'] as unknown as Document;
const resultOf = (given: AssessmentInput): Result => documentOf(given).results[0];
const prop = (item: { props: Prop[] }, name: string): string | undefined =>
  item.props.find((one) => one.name === name)?.value;
const only = (verdict: Verdict, more: Partial<Finding> = {}): AssessmentInput => ({
  ...input,
  findings: [
    sample.finding('kms-key-rotation', verdict, 'Key', 'AWS::KMS::Key', 'A reason.', {
      position: sample.at('a.yaml', 3),
      ...more,
    }),
  ],
  observations: [],
});

describe('assessment results in OSCAL', () => {
  let validate: ValidateOscal;

  before(async () => {
    const code = compileOscalValidator(readFileSync(shipped, 'utf8'));
    validate = (await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)).default;
  });

  const problems = (given: AssessmentInput) => validateOscal(assessmentResults(assessmentOf(given)), validate);

  it('validate against NIST’s own schema', function () {
    if (!existsSync(official)) {
      process.stderr.write('      skipped: the official OSCAL schema is not on this machine\n');
      return this.skip();
    }
    const { oneOf, ...schema } = JSON.parse(readFileSync(official, 'utf8'));
    const branch = oneOf.find(({ required }: { required: string[] }) => required.includes('assessment-results'));
    const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
    addFormats.default(ajv);
    const check = ajv.compile({ ...schema, ...branch });
    check(assessmentResults(assessmentOf(input)));
    assert.deepEqual(check.errors, null);
    assert.equal(check({ 'assessment-results': {} }), false);
  });

  it('validate with the shipped schema, and every reference leads somewhere', () => {
    assert.deepEqual(problems(input), []);
    const { plan: _, observations: __, files: ___, ...least } = input;
    assert.deepEqual(problems(least), []);
  });

  it('say what is wrong with a broken document', () => {
    const document = structuredClone(documentOf(input));
    document['import-ap'].href = '#6ba7b810-9dad-41d1-80b4-00c04fd430c8';
    document.results[0].risks = [];
    const [first, second, ...rest] = validateOscal({ 'assessment-results': document }, validate);
    assert.deepEqual(first, { message: '/assessment-results/results/0/risks must NOT have fewer than 1 items' });
    assert.deepEqual(second, {
      message:
        '/assessment-results/import-ap/href refers to 6ba7b810-9dad-41d1-80b4-00c04fd430c8, which the document does not define',
    });
    assert.ok(rest.every(({ message }) => /risk-uuid refers to/.test(message)));
    const twice = structuredClone(documentOf(input));
    twice.results[0].observations.push(structuredClone(twice.results[0].observations[0]) as Result['observations'][0]);
    assert.match(
      validateOscal({ 'assessment-results': twice }, validate)
        .map(({ message }) => message)
        .join(),
      /is given to more than one thing/,
    );
  });

  it('never say that a control is satisfied', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...verdicts), { minLength: 1, maxLength: 8 }), (given) => {
        fc.pre(given.some((verdict) => verdict !== 'not-applicable'));
        const result = resultOf({ ...input, findings: given.flatMap((verdict) => only(verdict).findings) });
        assert.ok((result.findings ?? []).every(({ target }) => target.status.state === 'not-satisfied'));
        assert.doesNotMatch(JSON.stringify(result), /"state":"satisfied"/);
      }),
    );
  });

  it('give one observation per finding that does not pass, with its verdict, subject and places', () => {
    const { observations } = resultOf(input);
    // Two of the twelve findings pass alike; two live facts no finding speaks of.
    assert.equal(observations.length, sample.findings.length - 1 + 2);
    const one = observations.find(({ title }) => title.startsWith('EndpointSecurityGroup'));
    assert.ok(one);
    assert.equal(prop(one, 'verdict'), 'fail');
    assert.equal(prop(one, 'requirement'), 'security-group-egress');
    assert.equal(one.subjects.length, 1);
    assert.deepEqual(
      one['relevant-evidence']?.map((place) => [prop(place, 'file'), prop(place, 'line'), prop(place, 'column')]),
      [[sample.bedrockFile, '118', '7']],
    );
    assert.deepEqual(fileOf(input, one)?.rlinks, [
      {
        href: `inputs/${sample.bedrockFile}`,
        'media-type': 'application/yaml',
        hashes: [{ algorithm: 'SHA-256', value: 'ab'.repeat(32) }],
      },
    ]);
  });

  const fileOf = (given: AssessmentInput, one: Result['observations'][number]) =>
    documentOf(given)['back-matter'].resources.find(({ uuid }) => one['relevant-evidence']?.[0]?.href === `#${uuid}`);

  it('give passes of which the same is said together, each resource with its places', () => {
    const { observations } = resultOf(input);
    const policy = observations.find((one) => prop(one, 'requirement') === 'vpc-endpoint-policy');
    assert.ok(policy);
    assert.equal(prop(policy, 'verdict'), 'pass');
    assert.deepEqual(
      policy.subjects.map(({ title, remarks }) => [title, remarks]),
      [['BedrockRuntimeEndpoint', `${sample.bedrockFile}: 150:7, 155:7, 158:7, 161:7`]],
    );
    assert.equal(fileOf(input, policy)?.title, sample.bedrockFile);
    const arns = observations.filter((one) => prop(one, 'requirement') === 'arn-partition');
    assert.deepEqual(
      arns.map(({ subjects }) => subjects.map(({ title, remarks }) => [title, remarks])),
      [
        [
          ['InvocationRole', `${sample.bedrockFile}: 170:7, 181:7`],
          ['TriageModel', `${sample.sagemakerFile}: 30:7, 38:7, 44:7`],
        ],
      ],
    );
    assert.equal(arns[0]?.['relevant-evidence']?.length, 2);
    assert.deepEqual(problems(input), []);
  });

  it('give failures of which the same is said together, each resource with its lines, and their waived ones apart', () => {
    const [fail] = only('fail').findings as [Finding];
    const findings = [...Array(5).keys()].map((at): Finding => {
      const waived = at > 2 ? ({ verdict: 'waived', waiver: sample.waiver } as const) : {};
      return { ...fail, resource: `Key${at}`, position: sample.at('a.yaml', 10 + at), ...waived };
    });
    const result = resultOf({ ...only('fail'), findings });
    assert.deepEqual(
      result.observations.map((one) => [prop(one, 'verdict'), one.subjects.map(({ remarks }) => remarks)]),
      [
        ['fail', ['a.yaml: 10:7', 'a.yaml: 11:7', 'a.yaml: 12:7']],
        ['waived', ['a.yaml: 13:7', 'a.yaml: 14:7']],
      ],
    );
    assert.equal(result.risks?.length, 2);
  });

  it('never give two findings together of which something else is said, or of which one does not pass', () => {
    const differing: Partial<Finding>[] = [
      { verdict: 'fail' },
      { verdict: 'unknown' },
      { verdict: 'error' },
      { verdict: 'waived', waiver: sample.waiver },
      { verdict: 'not-applicable' },
      { requirement: 'another' },
      { reason: 'Another reason.' },
      { branch: 'when Other is "true"' },
      { title: 'Another title' },
      { severity: 'low' },
    ];
    const [pass] = only('pass').findings as [Finding];
    for (const more of differing) {
      const given = { ...only('pass'), findings: [pass, { ...pass, resource: 'Other', ...more }] };
      const { observations } = resultOf(given);
      assert.deepEqual(
        observations.map(({ subjects }) => subjects.length),
        [1, 1],
        JSON.stringify(more),
      );
      assert.equal(observations.filter((one) => prop(one, 'verdict') === 'pass').length, more.verdict ? 1 : 2);
    }
    const { position: _, ...live } = pass;
    const apart = resultOf({ ...only('pass'), findings: [live, { ...live, resource: 'Other' }, pass] });
    assert.equal(apart.observations.length, 3);
  });

  it('name a resource that passes twice once, with all its places', () => {
    const [pass] = only('pass').findings as [Finding];
    const given = { ...only('pass'), findings: [pass, pass, { ...pass, position: sample.at('a.yaml', 9) }] };
    const [one, ...others] = resultOf(given).observations;
    assert.deepEqual(others, []);
    assert.deepEqual(
      one?.subjects.map(({ remarks }) => remarks),
      ['a.yaml: 3:7, 9:7'],
    );
    assert.match(resultOf(given).description, /^3 judgements: 3 pass\.$/);
  });

  it('relate a control to the passes that support it once', () => {
    const [pass] = only('pass').findings as [Finding];
    const findings = [...Array(4).keys()].map((at): Finding => ({ ...pass, resource: `Key${at}` }));
    const result = resultOf({
      ...only('pass'),
      findings: [...findings, { ...pass, resource: 'Open', verdict: 'fail' }],
    });
    assert.equal(result.observations.length, 2);
    const [finding] = result.findings ?? [];
    assert.equal(finding?.['related-observations'].length, 2);
    assert.match(finding?.title ?? '', /1 of 5 judgements/);
  });

  it('take the time of a live finding from its call, and keep calls no finding speaks of', () => {
    const { observations, start } = resultOf(input);
    const live = observations.find(({ title }) => title.startsWith('arn:aws-us-gov:kms'));
    assert.equal(live?.collected, '2026-11-20T14:29:52Z');
    assert.equal(live?.['relevant-evidence']?.length, 1);
    assert.equal(start, '2026-11-20T14:29:51Z');
    assert.deepEqual(
      observations
        .filter(({ types }) => types.includes('discovery'))
        .map((one) => [prop(one, 'probe'), prop(one, 'outcome')]),
      [
        ['kms-key', 'denied'],
        ['sts-identity', 'answered'],
      ],
    );
  });

  for (const verdict of ['fail', 'unknown', 'error'] as const) {
    it(`turn ${verdict} into an open risk and unsatisfied controls`, () => {
      const { risks, findings } = resultOf(only(verdict));
      assert.deepEqual(
        risks?.map(({ status }) => status),
        ['open'],
      );
      assert.deepEqual(
        findings?.map(({ target }) => [target.type, target['target-id'], target.status.state, target.status.reason]),
        ['sc-12_smt', 'sc-28.1_smt'].map((id) => [
          'statement-id',
          id,
          'not-satisfied',
          verdict === 'fail' ? 'fail' : 'other',
        ]),
      );
      assert.deepEqual(problems(only(verdict)), []);
    });
  }

  it('leave a control that only passes without a finding, and say what that means', () => {
    const result = resultOf(only('pass'));
    assert.equal(result.findings, undefined);
    assert.equal(result.risks, undefined);
    assert.deepEqual(
      result['reviewed-controls']['control-selections'][0]?.['include-controls'].map(
        (control) => control['control-id'],
      ),
      ['sc-12', 'sc-28.1'],
    );
    assert.match(result.remarks, /No finding does not mean that a control is satisfied/);
  });

  it('show a waiver as an approved deviation with its end', () => {
    const [risk, ...others] = resultOf(only('waived', { waiver: sample.waiver })).risks ?? [];
    assert.deepEqual(others, []);
    assert.equal(risk?.status, 'deviation-approved');
    assert.equal(risk?.deadline, '2026-12-31T23:59:59Z');
    assert.equal(risk && prop(risk, 'waiver-approver'), 'M. Reyes, ISSO');
    assert.match(risk?.statement ?? '', /M\. Reyes, ISSO accepted this deviation until 2026-12-31/);
    assert.equal(resultOf(only('waived', { waiver: sample.waiver })).findings, undefined);
  });

  it('fail closed when a waiver is missing or has run out', () => {
    for (const more of [{}, { waiver: { ...sample.waiver, expires: '2026-11-19' } }]) {
      const { risks, findings } = resultOf(only('waived', more));
      assert.equal(risks?.[0]?.status, 'open');
      assert.equal(findings?.[0]?.target.status.state, 'not-satisfied');
    }
    assert.equal(resultOf(only('waived', { waiver: { ...sample.waiver, expires: '2026-11-20' } })).findings, undefined);
  });

  it('relate a control’s finding to all that was observed of it', () => {
    const result = resultOf(input);
    const sc281 = result.findings?.find(({ target }) => target['target-id'] === 'sc-28.1_smt');
    // Two keys and one endpoint configuration support it; the signing key does not apply.
    assert.equal(sc281?.['related-observations'].length, 3);
    assert.equal(sc281?.['related-risks'].length, 2);
    assert.ok(!result.findings?.some(({ target }) => target['target-id'] === 'au-11_smt'));
  });

  it('say who made each mapping', () => {
    const activity = documentOf(input)['local-definitions'].activities.find(
      (one) => prop(one, 'requirement') === 'kms-key-rotation',
    );
    assert.deepEqual(
      activity?.props.filter(({ name }) => name === 'control-mapping').map((one) => [one.value, one.class]),
      [
        ['sc-12', 'sourced'],
        ['sc-28.1', 'own'],
      ],
    );
  });

  it('name requirements that were planned and never judged', () => {
    const without = {
      ...input,
      findings: sample.findings.filter(({ requirement }) => requirement !== 'cloudtrail-kms'),
    };
    assert.match(resultOf(without).remarks, /Planned, but without any judgement: cloudtrail-kms\./);
    assert.doesNotMatch(resultOf(input).remarks, /Planned, but/);
  });

  it('speak of the system itself where a resource is missing', () => {
    const missing = only('fail', { type: 'system', resource: sample.system.id });
    const { position: _, ...finding } = missing.findings[0] as Finding;
    const given = { ...missing, findings: [finding] };
    const result = resultOf(given);
    assert.equal(result.observations[0]?.subjects[0]?.type, 'component');
    assert.equal(result['local-definitions']['inventory-items'], undefined);
    assert.deepEqual(problems(given), []);
  });

  it('have no document for nothing judged', () => {
    for (const given of [{ ...input, findings: [] }, only('not-applicable'), only('pass', { controls: [] })]) {
      assert.throws(
        () => assessmentResults(assessmentOf(given)),
        (error: RampartError) => error.code === 'RAMPART_OSCAL_NOTHING_JUDGED' && error.exit === 'nothingJudged',
      );
    }
  });

  it('give the same bytes whatever the order of the input, and another UUID for another content', () => {
    const text = JSON.stringify(assessmentResults(assessmentOf(input)));
    const turned = {
      ...input,
      findings: [...sample.findings].reverse(),
      observations: [...sample.observations].reverse(),
    };
    assert.equal(JSON.stringify(assessmentResults(assessmentOf(turned))), text);
    const other = only('pass');
    assert.notEqual(documentOf({ ...other, toolVersion: '0.1.1' }).uuid, documentOf(other).uuid);
    assert.notEqual(resultOf(only('fail')).uuid, resultOf(only('pass')).uuid);
  });

  it('keep a risk’s UUID while its lines move and time goes on', () => {
    const later = { ...only('fail', { position: sample.at('a.yaml', 99) }), time: '2027-01-01T00:00:00Z' };
    assert.equal(resultOf(later).risks?.[0]?.uuid, resultOf(only('fail')).risks?.[0]?.uuid);
    assert.notEqual(resultOf(later).observations[0]?.uuid, resultOf(only('fail')).observations[0]?.uuid);
  });

  it('tell two findings of one requirement on one resource apart where they say different things', () => {
    const [one] = only('fail').findings as [Finding];
    const given = { ...only('fail'), findings: [one, { ...one, reason: 'Another reason.' }, one] };
    assert.equal(new Set(resultOf(given).observations.map(({ uuid }) => uuid)).size, 2);
    assert.deepEqual(problems(given), []);
  });

  it('stay valid whatever names say', () => {
    for (const [name, verdict] of sample.hostile.flatMap((each) => [
      [each, 'waived'] as const,
      [each, 'pass'] as const,
    ])) {
      const given: AssessmentInput = {
        ...only(verdict, {
          title: name,
          resource: name,
          type: `x${name}`,
          reason: name,
          branch: name,
          remediation: name,
          position: sample.at(name, 1),
          waiver: { ...sample.waiver, owner: name, approver: name, reason: name, ticket: name },
        }),
        system: { id: sample.system.id, name },
        baseline: { id: name, title: name },
        observations: sample.observations.map((fact) => ({ ...fact, subject: name, detail: name })),
        plan: { ...sample.plan, system: { ...sample.plan.system, owner: { organization: name, contact: name } } },
      };
      assert.deepEqual(problems(given), [], `with the name ${JSON.stringify(name)}`);
      assert.doesNotMatch(JSON.stringify(assessmentResults(assessmentOf(given))), /[\p{Cc}\u200b\u202e\u2028]/u);
    }
  });

  it('point at statements that NIST’s catalog has', function () {
    if (!existsSync(catalog)) {
      process.stderr.write('      skipped: the resolved catalog is not on this machine\n');
      return this.skip();
    }
    const text = readFileSync(catalog, 'utf8');
    const ids = resultOf(input).findings?.map(({ target }) => target['target-id']) ?? [];
    const known = ids.filter((id) => text.includes(`"id":"${id.replace('_smt', '')}"`));
    assert.ok(known.length >= 4);
    for (const id of known) assert.ok(text.includes(`"id":"${id}"`), id);
  });
});
