import assert from 'node:assert/strict';
import { RampartError } from '#model/error.js';
import { holdsOn } from '#model/waiver.js';
import { readSystem } from '../../src/plan/read-system.js';
import { goodSystem, smallBase } from './small-base.js';
import { validate } from './validator.js';

const read = (text: string) => readSystem(text, 'rampart.yaml', validate, smallBase);

/** The error a text is refused with. */
function refused(text: string): RampartError {
  try {
    read(text);
  } catch (error) {
    assert.ok(error instanceof RampartError, String(error));
    assert.equal(error.exit, 'input');
    assert.notEqual(error.next, '');
    return error;
  }
  assert.fail('the text was accepted');
}

const lines = (error: RampartError): string[] =>
  error.problems.map((problem) => `${problem.position?.line}:${problem.position?.column} ${problem.message}`);

/** The good system with one text replaced; what is to be replaced must be there. */
function but(...changes: [from: string, to: string][]): string {
  return changes.reduce((text, [from, to]) => {
    assert.ok(text.includes(from), from);
    return text.replace(from, () => to);
  }, goodSystem);
}

describe('reading rampart.yaml', () => {
  it('gives a good file as it stands', () => {
    const system = read(goodSystem);
    assert.equal(system.endpoints.length, 2);
    assert.deepEqual(system.settings, { 'logging.retention-days': 731 });
    assert.deepEqual(system.boundary.regions, ['us-gov-west-1']);
  });

  it('keeps an expired waiver, which then holds no more', () => {
    const [waiver] = read(but(['2026-12-31', '2024-02-29'])).waivers ?? [];
    assert.ok(waiver);
    assert.equal(holdsOn(waiver, '2024-02-29'), true);
    assert.equal(holdsOn(waiver, '2024-03-01'), false);
  });

  const one: [name: string, changes: [string, string][], expected: string][] = [
    [
      'a misspelt kind',
      [['kind: bedrock', 'kind: bedrok']],
      '13:11 endpoints[0].kind: "bedrok" is not one of bedrock, bedrock-mantle, sagemaker, eks-vllm, azure-openai, vertex-ai. Did you mean bedrock?',
    ],
    [
      'a misspelt key, without complaining that the right one is missing',
      [['    instanceType:', '    instance_type:']],
      '23:5 endpoints[1]: unknown key instance_type. Did you mean instanceType?',
    ],
    [
      'an unknown key',
      [['id: case', 'colour: red\nid: case']],
      '2:1 unknown key colour. Known here: name, id, owner, impact, baseline, boundary, network, endpoints, settings, inherited, waivers, gate, certification.',
    ],
    [
      'a missing key',
      [['  partition: aws-us-gov\n', '']],
      '6:1 boundary: partition is missing. Partition every ARN and host must belong to: aws-us-gov, or one your boundary file states. Or another cloud: azure-us-gov, google-us.',
    ],
    [
      'a number for an account',
      [['env:RAMPART_ACCOUNT', '123456789012']],
      '9:12 boundary.account: 123456789012 is not a 12-digit account id in quotes, the id of a subscription or project, or env:NAME to read it from the environment. Put it in quotes.',
    ],
    [
      'a trusted account without a reason',
      [['  account: env', '  trustedAccounts: [{account: "123456789012"}]\n  account: env']],
      '9:21 boundary.trustedAccounts[0]: reason is missing. What the account is, and why it is trusted.',
    ],
    [
      'trusted accounts beside none',
      [['account: env:RAMPART_ACCOUNT', 'trustedAccounts: [{account: "123456789012", reason: x}]']],
      '9:20 boundary.trustedAccounts: nothing is held against these without boundary.account. State it as well.',
    ],
    [
      'an image by tag',
      [[`@sha256:${'ab'.repeat(32)}`, ':latest']],
      '21:12 endpoints[1].image: "123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/serving/vll…" is not an ECR image pinned by digest: <account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:<64 hex digits>.',
    ],
    [
      'both networks',
      [
        [
          '  create: {cidr: 10.20.0.0/16}',
          '  create: {cidr: 10.20.0.0/16}\n  existing: {vpc: vpc-01234567, cidr: 10.0.0.0/16, subnets: [subnet-01234567, subnet-11234567]}',
        ],
      ],
      '11:3 network: a map is not either create or existing.',
    ],
    [
      'one subnet',
      [
        [
          'create: {cidr: 10.20.0.0/16}',
          'existing: {vpc: vpc-01234567, cidr: 10.20.0.0/16, subnets: [subnet-01234567]}',
        ],
      ],
      '11:62 network.existing.subnets: a list is not subnets in at least two availability zones.',
    ],
    [
      'a region listed twice',
      [['[us-gov-west-1]', '[us-gov-west-1, us-gov-west-1]']],
      '8:28 boundary.regions[1]: "us-gov-west-1" is listed twice.',
    ],
    [
      'a name used twice',
      [['name: summaries', 'name: assistant']],
      '18:11 endpoints[1].name: "assistant" is already the name of endpoints[0].',
    ],
    [
      'an endpoint outside the boundary',
      [
        [
          '    region: us-gov-west-1\n    model: openai.gpt',
          '    region: us-gov-east-1\n    model: amazon.nova-pro-v1:0 #',
        ],
      ],
      '15:13 endpoints[0].region: "us-gov-east-1" is outside the boundary, which has us-gov-west-1.',
    ],
    [
      'an unknown baseline',
      [['baseline: fedramp-rev5-moderate', 'baseline: fedramp-rev5-moderat']],
      '5:11 baseline: "fedramp-rev5-moderat" is not one of fedramp-rev5-high, fedramp-rev5-low, fedramp-rev5-moderate. Did you mean fedramp-rev5-moderate?',
    ],
    [
      'a baseline below the high-water mark',
      [['availability: low', 'availability: high']],
      '5:11 baseline: fedramp-rev5-moderate is for moderate impact, but the high-water mark of this system is high (confidentiality moderate, integrity moderate, availability high). Name one for high impact: fedramp-rev5-high.',
    ],
    [
      'an unknown setting',
      [['logging.retention-days: 731', 'logging.retention-day: 731']],
      '26:3 settings: "logging.retention-day" is not a setting. Did you mean logging.retention-days? rampart plan lists the settings there are.',
    ],
    [
      'a waiver of nothing',
      [['requirement: key-rotation', 'requirement: key-rotations']],
      '28:18 waivers[0].requirement: "key-rotations" is not a requirement. Did you mean key-rotation?',
    ],
    [
      'a day that is not',
      [['2026-12-31', '2026-02-30']],
      '33:14 waivers[0].expires: "2026-02-30" is not a day of the calendar.',
    ],
    [
      'a misaligned range',
      [['10.20.0.0/16', '10.20.1.0/16']],
      '11:18 network.create.cidr: "10.20.1.0/16" does not start on a /16 border; use 10.20.0.0/16.',
    ],
    [
      'a public range',
      [['10.20.0.0/16', '52.20.0.0/16']],
      '11:18 network.create.cidr: "52.20.0.0/16" is not a private range (RFC 1918 or 100.64.0.0/10).',
    ],
    [
      'a range with no room for subnets',
      [['10.20.0.0/16', '10.20.0.0/28']],
      '11:18 network.create.cidr: "10.20.0.0/28" is too small to hold the subnets; use /26 or larger.',
    ],
    [
      'a commercial inference profile',
      [['model: openai.gpt', 'model: us.openai.gpt']],
      '16:12 endpoints[0].model: "us.openai.gpt-oss-120b-1:0" is an inference profile that sends requests outside aws-us-gov. Use the model id "openai.gpt-oss-120b-1:0".',
    ],
    [
      'a geographic profile wider than the boundary',
      [['model: openai.gpt', 'model: us-gov.openai.gpt']],
      '16:12 endpoints[0].model: "us-gov.openai.gpt-oss-120b-1:0" may process requests in us-gov-east-1, which boundary.regions does not list. Use the model id "openai.gpt-oss-120b-1:0" or widen the boundary.',
    ],
    [
      'an unknown model',
      [['gpt-oss-120b-1:0', 'gpt-7']],
      '16:12 endpoints[0].model: "openai.gpt-7" is not a Bedrock model Rampart knows. Known of "openai" in us-gov-west-1: openai.gpt-oss-120b-1:0. If you have seen it offered, state it under boundary.models, or in a boundary file, with source and date.',
    ],
    [
      'an image of another region',
      [['dkr.ecr.us-gov-west-1', 'dkr.ecr.us-gov-east-1']],
      '21:12 endpoints[1].image: the image is in us-gov-east-1, but SageMaker pulls from the endpoint’s own region, us-gov-west-1.',
    ],
    [
      'a control character in a name',
      [['name: Case Assistant', 'name: "Case \\u001b[31mAssistant"']],
      '1:7 name: "Case \\u001b[31mAssistant" is not one line of text of at most 120 characters.',
    ],
    [
      'a setting of a wrong type',
      [['retention-days: 731', 'retention-days: {a: 1}']],
      '26:27 settings."logging.retention-days": a map is not a boolean, a whole number, a text or a list of texts.',
    ],
  ];
  for (const [name, changes, expected] of one) {
    it(`refuses ${name}`, () => assert.deepEqual(lines(refused(but(...changes))), [expected]));
  }

  it('sends a place it does not know to a boundary file', () => {
    const [partition] = refused(but(['partition: aws-us-gov', 'partition: aws-iso'])).problems;
    assert.match(
      partition?.message ?? '',
      /"aws-iso" is not one of aws-us-gov\. If it is one, state the partition .*--boundary/,
    );
    const [region] = refused(but(['regions: [us-gov-west-1]', 'regions: [us-gov-north-1]'])).problems;
    assert.match(
      region?.message ?? '',
      /"us-gov-north-1" is not a region of aws-us-gov: .*state the partition with all its regions/,
    );
  });

  it('says that an instance family is known to be missing in a region, and what is there', () => {
    const dated = { source: 'a list', date: '2026-01-01' };
    const families = [
      { ids: ['g6', 'g4dn', 'm5'], regions: ['us-gov-west-1'], ...dated },
      { ids: ['g5'], regions: ['us-gov-east-1'], lacking: ['us-gov-west-1'], ...dated },
    ];
    const on = (more: typeof families) => ({ ...smallBase, boundary: { ...smallBase.boundary, families: more } });
    const text = but(['ml.g4dn.12xlarge', 'ml.g5.12xlarge']);
    assert.throws(
      () => readSystem(text, 'rampart.yaml', validate, on(families)),
      (error: RampartError) =>
        /^endpoints\[1\]\.instanceType: "ml\.g5\.12xlarge" is of family g5, which us-gov-west-1 does not have \(a list, 2026-01-01\)\. It is in us-gov-east-1\. Families with accelerators known in us-gov-west-1: g4dn, g6\. /.test(
          error.problems[0]?.message ?? '',
        ),
    );
    const seen = { ids: ['ml.g5'], regions: ['us-gov-west-1'], ...dated };
    assert.ok(readSystem(text, 'rampart.yaml', validate, on([...families, seen])));
    assert.ok(readSystem(text, 'rampart.yaml', validate, on([])), 'what nobody knows is left to the gate');
  });

  for (const path of [
    '../boundary.yaml',
    '/etc/boundary.yaml',
    'a/../../b.yaml',
    'boundary.json',
    './b.yaml',
    'a\\b.yaml',
    'https://x/y.yaml',
  ])
    it(`takes no boundary file outside its folder: ${path}`, () => {
      const [problem] = refused(
        but(['partition: aws-us-gov\n', `partition: aws-us-gov\n  data: '${path}'\n`]),
      ).problems;
      assert.match(problem?.message ?? '', /^boundary\.data: .* is not a path to a YAML file beside or below this one/);
    });

  it('says that a model is not in a region, and where it is', () => {
    const error = refused(
      but(
        ['[us-gov-west-1]', '[us-gov-west-1, us-gov-east-1]'],
        ['    region: us-gov-west-1\n    model: openai.gpt', '    region: us-gov-east-1\n    model: openai.gpt'],
      ),
    );
    assert.deepEqual(lines(error), [
      '16:12 endpoints[0].model: "openai.gpt-oss-120b-1:0" was not seen in-Region in us-gov-east-1 (test, 2026-01-01). It is in us-gov-west-1. Its geographic profile is us-gov.openai.gpt-oss-120b-1:0.',
    ]);
  });

  it('refuses a SageMaker endpoint where CloudFormation cannot make one', () => {
    const text = but(
      ['[us-gov-west-1]', '[us-gov-west-1, us-gov-east-1]'],
      ['dkr.ecr.us-gov-west-1', 'dkr.ecr.us-gov-east-1'],
    ).replace('name: summaries\n    region: us-gov-west-1', 'name: summaries\n    region: us-gov-east-1');
    assert.deepEqual(lines(refused(text)), [
      '19:13 endpoints[1].region: sagemaker endpoints can be deployed in us-gov-west-1 only (test, 2026-01-01).',
    ]);
  });

  it('accepts a model the user states with source and date', () => {
    const text = but(
      ['gpt-oss-120b-1:0', 'gpt-7'],
      [
        '  account:',
        '  models: [{id: openai.gpt-7, regions: [us-gov-west-1], source: AWS console, date: 2026-11-01}]\n  account:',
      ],
    );
    assert.equal(read(text).endpoints[0]?.model, 'openai.gpt-7');
  });

  it('lets the geographic profile pass when both regions are inside', () => {
    const text = but(
      ['[us-gov-west-1]', '[us-gov-east-1, us-gov-west-1]'],
      ['model: openai.gpt', 'model: us-gov.openai.gpt'],
    );
    assert.equal(read(text).endpoints[0]?.model, 'us-gov.openai.gpt-oss-120b-1:0');
  });

  it('lists every problem once, in file order', () => {
    const error = refused(
      but(
        ['kind: bedrock', 'kind: bedrok'],
        ['partition: aws-us-gov', 'partition: Azure'],
        ['instances: 2', 'instances: 0'],
        ['id: case-assistant', 'id: X'],
      ),
    );
    assert.equal(error.code, 'RAMPART_SYSTEM_INVALID');
    assert.equal(error.message, 'rampart.yaml has 4 problems');
    assert.deepEqual(
      error.problems.map((problem) => problem.position?.line),
      [2, 7, 13, 24],
    );
    assert.deepEqual(error.position, { file: 'rampart.yaml', line: 2, column: 5 });
  });

  const hostile: [name: string, text: string, expected: RegExp][] = [
    ['an empty file', '', /^1:1 it is empty$/],
    ['a file of comments', '# nothing\n', /^1:1 it is empty$/],
    ['binary', 'a: b\nc: \u0000\u0001', /^2:4 it holds bytes that are not text$/],
    ['more than 1 MiB', `a: ${'x'.repeat(1024 * 1024)}`, /^1:1 it is larger than 1 MiB/],
    ['duplicate keys', 'name: a\nname: b\n', /^2:1 the key name is given twice; keep one$/],
    ['two documents', 'a: 1\n---\nb: 2\n', /^2:1 only one document/],
    ['tags', 'name: !!js/function "x"\n', /^1:7 tags are not allowed here/],
    ['tags with meaning elsewhere', 'name: !Ref x\n', /^1:7 tags are not allowed here/],
    ['a prototype key', 'a:\n  __proto__: {x: 1}\n', /^2:3 the key __proto__ is not allowed$/],
    ['a constructor key', 'constructor: 1\n', /^1:1 the key constructor is not allowed$/],
    ['deep nesting', '['.repeat(200_000), /nested too deeply|Flow sequence/],
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
        .split('')
        .map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefg'[i]}`)}]`)
        .join('\n')}`,
      /^1:1 it repeats parts of itself/,
    ],
    ['an alias of nothing', 'name: a\nid: *zz\nzz: &zz b\n', /^2:5 the alias \*zz has no anchor before it$/],
    ['deep maps', '{a: '.repeat(200_000), /nested too deeply/],
    ['deep lists of dashes', '- '.repeat(200_000), /nested too deeply/],
    [
      'a flood of keys',
      Array.from({ length: 60_000 }, (_, index) => `k${index}: 1`).join('\n'),
      /more than 20000 entries/,
    ],
    [
      'a flood of unknown keys',
      Array.from({ length: 9_000 }, (_, index) => `k${index}: 1`).join('\n'),
      /^1:1 boundary is missing/,
    ],
    ['a broken map', 'name: [a\n', /^\d+:\d+ /],
  ];
  for (const [name, text, expected] of hostile) {
    it(`refuses ${name}`, () => {
      const started = performance.now();
      const error = refused(text);
      assert.match(lines(error)[0] ?? '', expected);
      // What grows with the square of the input would take minutes; a busy machine takes some seconds.
      assert.ok(performance.now() - started < 20_000);
    });
  }

  it('refuses what is no map, and values long enough to stall a careless pattern', () => {
    assert.deepEqual(lines(refused('- a\n')), ['1:1 a list is not a map.']);
    const started = performance.now();
    const error = refused(but(['name: Case Assistant', `name: "${' '.repeat(500_000)}"`]));
    assert.equal(error.problems.length, 1);
    assert.ok(performance.now() - started < 20_000);
  });

  it('does not fall over keys that look like escapes', () => {
    assert.match(lines(refused(but(['id: case', '"%zz~1/": 1\nid: case'])))[0] ?? '', /^2:1 unknown key %zz~1\/\./);
  });
});
