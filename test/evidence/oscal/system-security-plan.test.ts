import assert from 'node:assert/strict';
import validate from '#generated/oscal.js';
import type { Finding } from '#model/finding.js';
import type { Category } from '#model/requirement.js';
import { verdicts } from '#model/verdict.js';
import { assessmentPlan } from '../../../src/evidence/oscal/assessment-plan.js';
import {
  type AssessmentInput,
  assessmentOf,
  assessmentResults,
} from '../../../src/evidence/oscal/assessment-results.js';
import { componentDefinition } from '../../../src/evidence/oscal/component-definition.js';
import { poamOf } from '../../../src/evidence/oscal/poam.js';
import { systemSecurityPlan } from '../../../src/evidence/oscal/system-security-plan.js';
import { unresolvedBetween, validateOscal } from '../../../src/evidence/oscal/validate.js';
import * as sample from './sample.js';

const categories = new Map<string, Category>([
  ['kms-key-rotation', 'encryption'],
  ['endpoint-config-kms', 'encryption'],
  ['cloudtrail-kms', 'logging'],
  ['log-group-retention', 'logging'],
  ['security-group-egress', 'network'],
  ['vpc-endpoint-policy', 'network'],
  ['sagemaker-network-isolation', 'workload'],
  ['arn-partition', 'residency'],
]);
const input: AssessmentInput = {
  plan: sample.plan,
  findings: sample.findings,
  observations: sample.observations,
  system: sample.system,
  baseline: sample.baseline,
  toolVersion: '0.1.0',
  controlDataDigest: sample.controlDataDigest,
  time: sample.time,
  categories,
  assessmentPlan: 'assessment-plan.json',
  systemSecurityPlan: 'system-security-plan.json',
  componentDefinition: 'component-definition.json',
};

interface Named {
  uuid: string;
  name: string;
  value: string;
  remarks: string;
}
interface ByComponent {
  'component-uuid': string;
  uuid: string;
  props: Named[];
  'implementation-status': { state: string; remarks: string };
}
interface Ssp {
  uuid: string;
  'system-characteristics': Record<string, unknown> & { props: Named[] };
  'system-implementation': { components: { uuid: string; type: string; title: string; props?: Named[] }[] };
  'control-implementation': {
    'implemented-requirements': {
      'control-id': string;
      'set-parameters'?: { 'param-id': string; values: string[]; remarks: string }[];
      'by-components': ByComponent[];
      remarks: string;
    }[];
  };
}
const ssp = (given: AssessmentInput): Ssp =>
  systemSecurityPlan(assessmentOf(given))?.['system-security-plan'] as unknown as Ssp;

/** One endpoint, one requirement that supports SC-12 and SC-28(1), judged as given. */
const [alone] = sample.plan.endpoints.map((endpoint) => ({
  ...endpoint,
  requirements: endpoint.requirements.filter(({ id }) => id === 'kms-key-rotation'),
}));
const one = (...findings: Partial<Finding>[]): AssessmentInput => ({
  ...input,
  plan: { ...sample.plan, endpoints: alone ? [alone] : [] },
  observations: [],
  findings: findings.map((more, index) => ({
    ...sample.finding('kms-key-rotation', 'pass', `Key${index}`, 'AWS::KMS::Key', 'A reason.', {
      position: sample.at('a.yaml', 3),
    }),
    ...more,
  })),
});
const statuses = (given: AssessmentInput): string[] =>
  ssp(given)['control-implementation']['implemented-requirements'].flatMap((each) =>
    each['by-components'].map((part) => part['implementation-status'].state),
  );

describe('the system security plan in OSCAL', () => {
  it('is valid by NIST’s schema, whose validator refuses it with a word changed', () => {
    assert.deepEqual(validateOscal(systemSecurityPlan(assessmentOf(input)), validate), []);
    const broken = { 'system-security-plan': { ...ssp(input), 'system-implementation': { components: [] } } };
    assert.notDeepEqual(validateOscal(broken, validate), []);
  });

  it('is what the plan, the results and the POA&M lead to, and leads to the component definition', () => {
    const assessment = assessmentOf(input);
    const documents = {
      'component-definition.json': componentDefinition(assessment),
      'system-security-plan.json': systemSecurityPlan(assessment),
      'assessment-plan.json': assessmentPlan(assessment),
      'assessment-results.json': assessmentResults(assessment),
      'poam.json': poamOf(assessment),
    };
    for (const [name, document] of Object.entries(documents))
      assert.deepEqual(validateOscal(document, validate), [], name);
    assert.deepEqual(unresolvedBetween(documents), []);
    const text = (name: keyof typeof documents) => JSON.stringify(documents[name]);
    for (const name of ['assessment-plan.json', 'poam.json'] as const)
      assert.match(text(name), /"import-ssp":\{"href":"system-security-plan\.json"/);
    assert.match(text('assessment-results.json'), /"import-ap":\{"href":"assessment-plan\.json"/);
    assert.match(text('system-security-plan.json'), /"href":"component-definition\.json#[0-9a-f-]{36}"/);
    for (const name of ['component-definition.json', 'system-security-plan.json']) {
      const { [name as keyof typeof documents]: _, ...others } = documents;
      assert.notDeepEqual(unresolvedBetween(others), [], name);
    }
    const elsewhere = assessmentPlan(assessmentOf({ ...input, systemSecurityPlan: '' }));
    assert.match(JSON.stringify(elsewhere), /its owner keeps it/);
    assert.deepEqual(validateOscal(elsewhere, validate), []);
  });

  it('has the system, each endpoint, keys, logs and networks as components, with what the system file says', () => {
    const { components } = ssp(input)['system-implementation'];
    assert.deepEqual(
      components.map(({ type, title }) => [type, title]),
      [
        ['this-system', 'Benefits Assistant'],
        ['service', 'assistant'],
        ['service', 'triage'],
        ['service', 'Keys'],
        ['service', 'Logs'],
        ['network', 'Network'],
        ['software', 'Rampart'],
      ],
    );
    assert.deepEqual(
      components[5]?.props?.map(({ name, value }) => [name, value]),
      [['cidr', '10.20.0.0/20']],
    );
    assert.doesNotMatch(JSON.stringify(components.slice(0, -1)), /"operational"/);
    const own = { existing: { vpc: 'vpc-1', cidr: '10.1.0.0/16', subnets: ['subnet-1', 'subnet-2'] } };
    const plan = {
      ...sample.plan,
      endpoints: sample.plan.endpoints.map((each, index) =>
        index === 0 ? each : { ...each, endpoint: { ...each.endpoint, network: own } },
      ),
    };
    const networks = ssp({ ...input, plan })['system-implementation'].components.filter(
      ({ type }) => type === 'network',
    );
    assert.deepEqual(
      networks.map(({ title }) => title),
      ['Network', 'Network of triage'],
    );
    assert.deepEqual(
      networks[1]?.props?.map(({ value }) => value),
      ['10.1.0.0/16', 'vpc-1', 'subnet-1', 'subnet-2'],
    );
  });

  it('leaves to people what only people know, each by name, and guesses none of it', () => {
    const { 'system-characteristics': characteristics } = ssp(input);
    const left = characteristics.props.filter(({ name }) => name === 'left-to-people');
    assert.deepEqual(
      left.map(({ value }) => value),
      [
        ...['information-types', 'mission', 'status', 'boundary-diagram', 'users', 'responsible-parties'],
        ...['leveraged-authorizations', 'interconnections', 'other-controls'],
      ],
    );
    assert.ok(left.every(({ remarks }) => remarks.length > 20));
    for (const key of ['date-authorized', 'data-flow', 'responsible-parties'])
      assert.equal(characteristics[key], undefined);
    assert.deepEqual(characteristics['security-impact-level'], {
      'security-objective-confidentiality': 'fips-199-moderate',
      'security-objective-integrity': 'fips-199-moderate',
      'security-objective-availability': 'fips-199-low',
    });
    assert.equal(characteristics['security-sensitivity-level'], 'moderate');
    const { 'information-types': types } = characteristics['system-information'] as { 'information-types': object[] };
    assert.match(JSON.stringify(types), /placeholder/);
    assert.doesNotMatch(JSON.stringify(types), /impact|categorizations/);
    assert.match(JSON.stringify(characteristics.status), /"state":"other"/);
  });

  it('says for each control which settings and requirements support it, and where', () => {
    const { 'system-implementation': system, 'control-implementation': controls } = ssp(input);
    const planned = new Set(
      sample.plan.endpoints.flatMap(({ requirements }) =>
        requirements.flatMap((each) => each.controls.map(({ id }) => id)),
      ),
    );
    const listed = controls['implemented-requirements'].map((each) => each['control-id']);
    assert.deepEqual(listed, [...planned].sort());
    const title = new Map(system.components.map((each) => [each.uuid, each.title]));
    const logs = controls['implemented-requirements'].find((each) => each['control-id'] === 'au-11');
    assert.deepEqual(
      logs?.['by-components'].map((each) => title.get(each['component-uuid'])),
      ['Logs'],
    );
    const props = logs?.['by-components'][0]?.props ?? [];
    assert.ok(props.some(({ name, value }) => name === 'requirement' && value === 'log-group-retention'));
    assert.ok(
      props.some(
        ({ name, value, remarks }) =>
          name === 'setting' && value === 'logging.retention-days' && remarks.startsWith('400: '),
      ),
    );
    assert.ok(props.some(({ remarks }) => remarks === 'Mapped by AWS Security Hub CloudWatch.16.'));
    assert.ok(!props.some(({ value }) => value === 'encryption.key-rotation-days'));
    const parts = new Set(
      controls['implemented-requirements'].flatMap((each) =>
        each['by-components'].map((part) => title.get(part['component-uuid'])),
      ),
    );
    assert.deepEqual([...parts].sort(), ['Keys', 'Logs', 'Network', 'assistant', 'triage']);
  });

  it('names the parameters that settings serve, in the words of the baseline, each with its own control', () => {
    const found = ssp(input)['control-implementation']['implemented-requirements'].flatMap((each) =>
      (each['set-parameters'] ?? []).map((set) => [each['control-id'], set]),
    );
    assert.deepEqual(found, [
      [
        'au-11',
        {
          'param-id': 'au-11_odp',
          values: ['a time period in compliance with M-21-31'],
          remarks: 'The words the baseline assigns. Settings that serve them: logging.retention-days = 400.',
        },
      ],
    ]);
  });

  const said: Readonly<Record<Finding['verdict'], RegExp>> = {
    pass: /^Requirements met wherever they were judged: 1 of 1\./,
    fail: /^Places judged: 1\. Not met: 1\. Not decided: 0\.$/,
    unknown: /^Places judged: 1\. Not met: 0\. Not decided: 1\.$/,
    error: /^Places judged: 1\. Not met: 0\. Not decided: 1\.$/,
    // Without a waiver that holds it is open.
    waived: /^Places judged: 1\. Not met: 1\. Not decided: 0\.$/,
    'not-applicable': /^Nothing was judged/,
  };
  for (const verdict of verdicts) {
    it(`${verdict}: ${verdict === 'pass' ? 'partial' : 'planned'}, never implemented`, () => {
      const expected = verdict === 'pass' ? 'partial' : 'planned';
      assert.deepEqual(statuses(one({ verdict })), [expected, expected]);
      const [first] = ssp(one({ verdict }))['control-implementation']['implemented-requirements'];
      assert.match(first?.['by-components'][0]?.['implementation-status'].remarks ?? '', said[verdict]);
      // Beside a pass, everything but what does not apply keeps the control planned.
      const beside = verdict === 'pass' || verdict === 'not-applicable' ? 'partial' : 'planned';
      assert.deepEqual(statuses(one({ verdict }, { verdict: 'pass' })), [beside, beside]);
    });
  }

  it('is planned where nothing was judged, where a waiver holds, and where one ran out', () => {
    const waiver = sample.findings.find(({ verdict }) => verdict === 'waived')?.waiver;
    assert.ok(waiver);
    assert.deepEqual(statuses(one()), ['planned', 'planned']);
    for (const expires of ['2999-01-01', '2000-01-01'])
      assert.deepEqual(statuses(one({ verdict: 'waived', waiver: { ...waiver, expires } }, {})), [
        'planned',
        'planned',
      ]);
  });

  it('names the requirements that nothing was judged by, and is not kept back by them', () => {
    const [first] = ssp({
      ...one({}),
      plan: {
        ...sample.plan,
        endpoints: sample.plan.endpoints.slice(0, 1),
      },
    })['control-implementation']['implemented-requirements'].filter((each) => each['control-id'] === 'sc-28');
    // Only cloudtrail-kms supports SC-28 on this endpoint, and nothing was judged by it.
    assert.equal(first?.['by-components'][0]?.['implementation-status'].state, 'planned');
    const names = (name: string) =>
      first?.['by-components'][0]?.props.filter((each) => each.name === name).map(({ value }) => value);
    assert.deepEqual(names('not-judged'), names('requirement'));
    const twice = one({});
    const requirements = [
      ...(alone?.requirements ?? []),
      { id: 'other', title: 'Other', severity: 'low' as const, controls: [{ id: 'sc-12', basis: 'own' as const }] },
    ];
    const both = {
      ...twice,
      categories: new Map([...categories, ['other', 'encryption' as const]]),
      plan: { ...sample.plan, endpoints: alone ? [{ ...alone, requirements }] : [] },
    };
    assert.deepEqual(statuses(both), ['partial', 'partial']);
    const [key] = ssp(both)['control-implementation']['implemented-requirements'];
    assert.match(key?.['by-components'][0]?.['implementation-status'].remarks ?? '', /: 1 of 2\./);
    const against = {
      ...both,
      findings: [
        ...both.findings,
        { ...(both.findings[0] as Finding), requirement: 'other', verdict: 'unknown' as const },
      ],
    };
    assert.deepEqual(statuses(against), ['planned', 'partial']);
  });

  it('does not take one endpoint’s pass for another’s', () => {
    const given = one({ requirement: 'arn-partition', controls: [{ id: 'sa-9.5', basis: 'own' }] });
    const shared = (plan: AssessmentInput['plan']): string[] => statuses({ ...given, ...(plan ? { plan } : {}) });
    const endpoints = sample.plan.endpoints.map((each) => ({
      ...each,
      requirements: each.requirements.filter(({ id }) => id === 'arn-partition'),
    }));
    assert.deepEqual(shared({ ...sample.plan, endpoints: endpoints.slice(0, 1) }), ['partial']);
    assert.deepEqual(shared({ ...sample.plan, endpoints }), ['planned', 'planned']);
    // A pass of its own does not carry over what fails for either.
    const mixed = {
      ...sample.plan,
      endpoints: [
        endpoints[0],
        {
          ...endpoints[1],
          requirements: sample.plan.endpoints[1]?.requirements
            .filter(({ id }) => id === 'arn-partition' || id === 'sagemaker-network-isolation')
            .map((each) => ({ ...each, controls: [{ id: 'sa-9.5', basis: 'own' as const }] })),
        },
      ],
    } as AssessmentInput['plan'];
    const isolated = { ...(given.findings[0] as Finding), requirement: 'sagemaker-network-isolation' };
    const withOwn = (verdict: Finding['verdict']) =>
      statuses({
        ...given,
        ...(mixed ? { plan: mixed } : {}),
        findings: [{ ...(given.findings[0] as Finding), verdict }, isolated],
      });
    assert.deepEqual(withOwn('pass'), ['planned', 'partial']);
    assert.deepEqual(withOwn('fail'), ['planned', 'planned']);
  });

  it('says of keys, logs and networks of several endpoints that findings do not tell whose they are', () => {
    const requirements = alone?.requirements ?? [];
    const endpoints = sample.plan.endpoints.map((each) => ({ ...each, requirements }));
    const [first] = ssp({ ...one({}), plan: { ...sample.plan, endpoints } })['control-implementation'][
      'implemented-requirements'
    ];
    const status = first?.['by-components'][0]?.['implementation-status'];
    assert.equal(status?.state, 'partial');
    assert.match(status?.remarks ?? '', /Findings do not say which of 2 endpoints they are of/);
  });

  it('says implemented and satisfied of nothing', () => {
    for (const given of [input, one({}), one({ verdict: 'fail' })]) {
      const text = JSON.stringify(ssp(given));
      assert.doesNotMatch(text, /"(?:implemented|satisfied|alternative|not-applicable)"/);
    }
  });

  it('is the same bytes whatever the order of what it is made from', () => {
    const turned = {
      ...input,
      findings: [...sample.findings].reverse(),
      plan: { ...sample.plan, endpoints: [...sample.plan.endpoints].reverse() },
    };
    const first = ssp(input);
    assert.equal(JSON.stringify(ssp(input)), JSON.stringify(first));
    assert.deepEqual(ssp(turned)['control-implementation'], first['control-implementation']);
    assert.deepEqual(ssp(turned)['system-implementation'], first['system-implementation']);
    assert.notEqual(ssp({ ...input, time: '2026-11-21T00:00:00Z' }).uuid, first.uuid);
    const lasting = (given: AssessmentInput) =>
      ssp(given)['control-implementation']['implemented-requirements'].map((each) =>
        each['by-components'].map(({ uuid }) => uuid),
      );
    assert.deepEqual(lasting({ ...input, time: '2026-11-21T00:00:00Z', findings: [] }), lasting(input));
  });

  it('is no document where nothing is planned', () => {
    const { plan: _, ...rest } = input;
    assert.equal(systemSecurityPlan(assessmentOf(rest)), undefined);
    assert.equal(systemSecurityPlan(assessmentOf({ ...input, plan: { ...sample.plan, endpoints: [] } })), undefined);
  });

  it('stays valid whatever names say', () => {
    for (const name of [...sample.hostile, '__proto__', 'constructor']) {
      const { system } = sample.plan;
      const network = { existing: { vpc: name, cidr: name, subnets: [name] } };
      const endpoints = sample.plan.endpoints.map((each) => ({
        ...each,
        endpoint: { ...each.endpoint, name: `${each.endpoint.name}${name}`, region: name, model: name, network },
        settings: each.settings.map((setting) => ({ ...setting, id: name, value: [name], description: name })),
        requirements: [
          ...each.requirements,
          {
            id: name,
            title: name,
            severity: 'low' as const,
            controls: [{ id: 'ac-2', basis: 'sourced' as const, source: name }],
          },
        ],
        limits: [name],
      }));
      const given = {
        ...input,
        system: { id: name, name },
        baseline: { id: name, title: name, source: name },
        plan: {
          ...sample.plan,
          system: { ...system, id: name, name, boundary: { partition: name, regions: [name] }, network },
          endpoints,
        },
      };
      assert.deepEqual(validateOscal(systemSecurityPlan(assessmentOf(given)), validate), [], JSON.stringify(name));
    }
  });
});
