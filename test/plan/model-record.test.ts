import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { RampartError } from '#model/error.js';
import {
  determinations,
  factFields,
  type ModelFacts,
  type ModelRecord,
  minimumPractices,
  riskFunctions,
} from '#model/model-record.js';
import type { System } from '#model/system.js';
import { dataFaults } from '../../src/build/data-files.js';
import { starterSystem } from '../../src/plan/init.js';
import { modelRecords } from '../../src/plan/model-record.js';
import { completeAnswers } from '../../src/plan/questions.js';
import { parseSystem, readSystem } from '../../src/plan/read-system.js';
import { base } from '../controls/base.js';
import { validate } from './validator.js';

const root = new URL('../../', import.meta.url);
const starter = parseSystem(
  starterSystem(completeAnswers({ organization: 'Agency', contact: 'isso@agency.example' }, base), './x.json'),
  'rampart.yaml',
  validate,
).system;

const withRecord = (record: unknown, endpoint: object = {}): string =>
  JSON.stringify({ ...starter, endpoints: [{ ...starter.endpoints[0], ...endpoint, record }] });

const read = (record: unknown, endpoint: object = {}): System =>
  readSystem(withRecord(record, endpoint), 'rampart.yaml', validate, base);

const faults = (record: unknown, endpoint: object = {}): string[] => {
  try {
    read(record, endpoint);
  } catch (error) {
    assert.ok(error instanceof RampartError);
    return error.problems.map(({ message }) => message);
  }
  assert.fail('accepted');
};

const recordOf = (record?: ModelRecord, endpoint: object = {}) => {
  const [found] = modelRecords(
    { ...starter, endpoints: [{ ...starter.endpoints[0], ...endpoint, ...(record ? { record } : {}) }] } as System,
    base,
  ).endpoints;
  assert.ok(found);
  return found;
};

const reference = { reference: 'Test report 12', date: '2026-09-01' };

/** Everything a record may hold. */
const whole: ModelRecord = {
  provider: 'Agency',
  version: '2',
  license: 'Public domain',
  card: 'Card 7',
  usePolicy: 'Policy 3',
  artifacts: [{ name: 'model.safetensors', sha256: 'ab'.repeat(32), from: 's3://bucket/model.safetensors' }],
  origin: 'Built by the agency',
  intendedUse: ['Summaries of case files'],
  forbiddenUse: ['Decisions on benefits'],
  evaluations: [reference],
  biasTests: [reference],
  providerRetention: 'Nothing',
  retention: { mode: 'none', seen: '2026-11-01' },
  highImpact: {
    determination: 'high-impact',
    by: 'Chief AI Officer',
    date: '2026-10-01',
    reason: 'Its summaries weigh in decisions on benefits.',
    practices: Object.fromEntries(minimumPractices.map((name) => [name, reference])),
  },
  riskManagement: Object.fromEntries(riskFunctions.map((name) => [name, reference])),
};

describe('the record of a model', () => {
  describe('in a system file', () => {
    it('is optional, whole or in part', () => {
      assert.equal(read(undefined).endpoints[0]?.record, undefined);
      assert.deepEqual(read({}).endpoints[0]?.record, {});
      assert.deepEqual(read(whole).endpoints[0]?.record, whole);
    });

    it('may stand at an endpoint of every kind', () => {
      for (const file of readdirSync(new URL('templates/system/', root))) {
        const system = parse(readFileSync(new URL(`templates/system/${file}`, root), 'utf8')) as System;
        const text = JSON.stringify({
          ...system,
          endpoints: system.endpoints.map((each) => ({ ...each, record: whole })),
        });
        for (const { record } of readSystem(text, file, validate, base).endpoints) assert.deepEqual(record, whole);
      }
    });

    const wrong: [what: string, record: unknown, message: RegExp][] = [
      [
        'a key that is misspelt',
        { licence: 'MIT' },
        /^endpoints\[0\]\.record: unknown key licence\. Did you mean license\?/,
      ],
      ['a list in place of a map', [], /^endpoints\[0\]\.record: an empty list is not a map/],
      ['a digest that is none', { artifacts: [{ name: 'x', sha256: 'AB' }] }, /"AB" is not a SHA-256 of 64 lower-case/],
      ['a reference without its day', { evaluations: [{ reference: 'x' }] }, /date is missing/],
      [
        'a day that is not in the calendar',
        { biasTests: [{ reference: 'x', date: '2026-02-30' }] },
        /^endpoints\[0\]\.record\.biasTests\[0\]\.date: "2026-02-30" is not a day of the calendar/,
      ],
      [
        'a day of a practice',
        {
          highImpact: { determination: 'high-impact', practices: { feedback: { reference: 'x', date: '2026-02-30' } } },
        },
        /practices\.feedback\.date: "2026-02-30"/,
      ],
      [
        'a determination nobody makes',
        { highImpact: { determination: 'maybe' } },
        /"maybe" is not one of high-impact, not-high-impact/,
      ],
      [
        'a practice M-25-21 does not name',
        { highImpact: { determination: 'high-impact', practices: { prayer: reference } } },
        /"prayer" is not a minimum practice: pre-deployment-testing, /,
      ],
      [
        'a function the framework does not have',
        { riskManagement: { govren: reference } },
        /"govren" is not a function of the framework: govern, map, measure, manage/,
      ],
      [
        'a mode Bedrock does not know',
        { retention: { mode: 'nnone', seen: '2026-11-01' } },
        /record\.retention\.mode: "nnone" is not .* Did you mean none\?/,
      ],
      ['a text that reorders itself', { provider: 'evil\u202etxt' }, /is not one line of text/],
      ['a text of two lines', { intendedUse: ['a\nb'] }, /is not one line of text/],
      [
        'a key of the prototype',
        JSON.parse('{"riskManagement": {"constructor": {"reference": "x", "date": "2026-01-01"}}}'),
        /constructor/,
      ],
    ];
    for (const [what, record, message] of wrong) {
      it(`is refused with ${what}`, () => assert.match(faults(record).join('\n'), message));
    }
  });

  describe('names every gap', () => {
    it('of a model nobody says anything of', () => {
      const { gaps, rows } = recordOf(undefined, { model: 'meta.llama3-8b-instruct-v1:0' });
      assert.deepEqual(
        gaps.map(({ title }) => title),
        [
          'Who made the model',
          'Version',
          'Licence',
          'Model card',
          'The maker’s use policy',
          'Intended use',
          'Forbidden use',
          'Evaluations',
          'Bias tests',
          'What the provider keeps',
          'Data-retention mode',
          'High-impact determination',
          'NIST AI RMF: Govern',
          'NIST AI RMF: Map',
          'NIST AI RMF: Measure',
          'NIST AI RMF: Manage',
        ],
      );
      // What does not apply is told apart from what is missing.
      assert.deepEqual(
        rows.filter(({ notApplicable }) => notApplicable).map(({ field }) => field),
        ['artifacts', 'origin'],
      );
    });

    it('and none where all is said', () => assert.deepEqual(recordOf(whole).gaps, []));

    it('one by one: each field that is taken away is a gap of its own name', () => {
      for (const field of Object.keys(whole) as (keyof ModelRecord)[]) {
        // Where Bedrock serves the model there is no file of it to speak of.
        const kind =
          field === 'artifacts' || field === 'origin' ? { kind: 'vertex-ai', model: 'x', regime: 'IL4' } : {};
        const { [field]: _, ...rest } = whole;
        const names = recordOf(rest, { model: 'meta.llama3-8b-instruct-v1:0', ...kind }).gaps.map((gap) => gap.field);
        const expected = field === 'riskManagement' ? riskFunctions.map((name) => `riskManagement.${name}`) : [field];
        assert.deepEqual(names, expected);
      }
    });

    it('of a high-impact use: each minimum practice that is not shown', () => {
      const bare = recordOf({ ...whole, highImpact: { determination: 'high-impact' } });
      assert.deepEqual(
        bare.gaps.map(({ title }) => title),
        [
          'High-impact determination: who made it',
          'High-impact determination: its day',
          'High-impact determination: why',
          'Minimum practice: Conduct pre-deployment testing',
          'Minimum practice: Complete AI impact assessment',
          'Minimum practice: Conduct ongoing monitoring for performance and potential adverse impacts',
          'Minimum practice: Ensure adequate human training and assessment',
          'Minimum practice: Provide additional human oversight, intervention, and accountability',
          'Minimum practice: Offer consistent remedies or appeals',
          'Minimum practice: Consult and incorporate feedback from end users and the public',
        ],
      );
      for (const name of minimumPractices) {
        const { [name]: _, ...practices } = whole.highImpact?.practices ?? {};
        const { gaps } = recordOf({
          ...whole,
          highImpact: { ...whole.highImpact, determination: 'high-impact', practices },
        });
        assert.deepEqual(
          gaps.map(({ field }) => field),
          [`highImpact.practices.${name}`],
        );
      }
    });

    it('of no minimum practice where the use is not high-impact', () => {
      const { practices: _, ...determined } = { ...whole.highImpact, determination: determinations[1] };
      assert.deepEqual(recordOf({ ...whole, highImpact: determined }).gaps, []);
    });

    it('and shows a waived practice as waived', () => {
      const practices = { ...whole.highImpact?.practices, remedies: { ...reference, waivedBy: 'The CAIO' } };
      const { rows } = recordOf({ ...whole, highImpact: { determination: 'high-impact', practices } });
      assert.deepEqual(rows.find(({ field }) => field.endsWith('remedies'))?.values, [
        'Waived by The CAIO: Test report 12 (2026-09-01)',
      ]);
    });

    it('of a model archive whose digest nobody states, though another file has one', () => {
      const sagemaker = {
        kind: 'sagemaker',
        model: 'x',
        image: 'repository@sha256:0',
        artifact: 's3://b/model.tar.gz',
      };
      const names = (record: ModelRecord) => recordOf(record, sagemaker).gaps.map(({ title }) => title);
      assert.deepEqual(names(whole), ['Digest of the model archive s3://b/model.tar.gz']);
      const artifacts = [{ name: 'model.tar.gz', sha256: 'ab'.repeat(32), from: 's3://b/model.tar.gz' }];
      assert.deepEqual(names({ ...whole, artifacts }), []);
    });
  });

  it('takes from the endpoint what it says already, and asks no provider for files or retention it does not have', () => {
    const rowsOf = (file: string) => {
      const system = parse(readFileSync(new URL(`templates/system/${file}.yaml`, root), 'utf8')) as System;
      const [found] = modelRecords(system, base).endpoints;
      return new Map(found?.rows.map((row) => [row.field, row]));
    };
    const eks = rowsOf('eks-vllm');
    assert.match(eks.get('artifacts')?.values[0] ?? '', /^SHA256SUMS: sha256:[0-9a-f]{64}, from s3:/);
    assert.equal(eks.get('images')?.values.length, 3);
    assert.match(eks.get('retention')?.notApplicable ?? '', /its maker receives nothing/);
    assert.equal(eks.get('origin')?.notApplicable, undefined);
    const azure = rowsOf('azure-openai');
    assert.equal(azure.get('version')?.from, 'system-file');
    assert.match(azure.get('origin')?.notApplicable ?? '', /hands out no file/);
    assert.deepEqual(azure.get('retention')?.values, []);
    assert.equal(azure.get('retention')?.notApplicable, undefined);
  });

  describe('says who says so', () => {
    const fromOf = (field: string, record?: ModelRecord, endpoint?: object) => {
      const row = recordOf(record, endpoint).rows.find((each) => each.field === field);
      return [row?.values, row?.from] as const;
    };

    it('dated data where the system file says nothing, the system file where it does', () => {
      const [values, from] = fromOf('license');
      assert.deepEqual(values, ['Apache-2.0']);
      assert.match(JSON.stringify(from), /README\.md.*2026-/);
      assert.deepEqual(fromOf('license', { license: 'Contract 9' }), [['Contract 9'], 'system-file']);
    });

    it('of a geographic profile what is known of its model', () => {
      const [values] = fromOf('providerRetention', undefined, { model: 'us-gov.anthropic.claude-fable-5-1' });
      assert.match(values?.[0] ?? '', /30 days/);
      assert.match(
        fromOf('providerRetention', undefined, { model: 'anthropic.claude-opus-5' })[0]?.[0] ?? '',
        /^Nothing/,
      );
    });

    it('nothing of a model whose name only looks like a known one', () => {
      for (const model of ['openai/gpt-oss-20b-tuned', 'notopenai.gpt-oss-20b', 'gpt-oss']) {
        assert.deepEqual(
          fromOf('license', undefined, { kind: 'vertex-ai', model, regime: 'IL4' }),
          [[], undefined],
          model,
        );
      }
    });

    it('never of what only users can know', () => {
      for (const { id } of base.boundary.models) {
        for (const field of [
          'intendedUse',
          'forbiddenUse',
          'biasTests',
          'retention',
          'highImpact',
          'riskManagement.govern',
        ])
          assert.equal(fromOf(field, undefined, { model: id })[1], undefined, `${id} ${field}`);
      }
    });
  });

  describe('in Rampart’s data', () => {
    const folder = new URL('controls/models/', root);
    const files = readdirSync(folder).map((name) => ({
      path: `controls/models/${name}`,
      text: readFileSync(new URL(name, folder), 'utf8'),
    }));

    it('holds starter records for gpt-oss, Claude, Titan and Nova', () => {
      assert.deepEqual(
        files.map(({ path }) => path.slice(16)),
        ['claude.yaml', 'gpt-oss.yaml', 'nova.yaml', 'titan.yaml'],
      );
      const known = (model: string) =>
        recordOf(undefined, { model })
          .rows.filter(({ from }) => from)
          .map(({ field }) => field);
      for (const model of [
        'openai.gpt-oss-120b-1:0',
        'anthropic.claude-opus-5',
        'amazon.titan-embed-text-v2:0',
        'amazon.nova-pro-v1:0',
      ])
        for (const field of ['provider', 'version', 'card', 'usePolicy', 'providerRetention'])
          assert.ok(known(model).includes(field), `${model} ${field}`);
    });

    it('every fact has a value, a source and a day that is not to come', () => {
      const facts = (
        parse(`[${files.map(({ text }) => JSON.stringify(parse(text).records)).join(',')}]`) as ModelFacts[][]
      ).flat();
      assert.ok(facts.length > 15);
      for (const { ids, facts: stated } of facts) {
        for (const [field, fact] of Object.entries(stated)) {
          assert.ok((factFields as readonly string[]).includes(field));
          assert.ok(fact.value.length > 0 && fact.source.length > 5, `${ids} ${field}`);
          assert.match(fact.date, /^20\d\d-\d\d-\d\d$/);
          assert.ok(new Date(fact.date).getTime() <= Date.parse('2026-11-21'), `${ids} ${field}`);
        }
      }
      assert.deepEqual(files.flatMap(dataFaults), []);
    });

    it('a fact without source or date is refused', () => {
      const [file] = files;
      assert.ok(file);
      for (const part of ['source', 'date']) {
        const text = file.text.replace(new RegExp(`, ${part}: "[^"]*"`), '');
        assert.notEqual(text, file.text);
        assert.match(dataFaults({ ...file, text }).join(), new RegExp(`${part} is missing`));
      }
    });

    it('every id fits a model somebody can name', () => {
      const models = [
        ...base.boundary.models.map(({ id }) => id),
        ...(base.boundary.mantleModels ?? []).map(({ id }) => id),
        'openai/gpt-oss-20b',
        'openai/gpt-oss-120b',
      ];
      for (const { ids } of base.models)
        for (const id of ids)
          assert.ok(
            models.some((model) => (id.endsWith('*') ? model.startsWith(id.slice(0, -1)) : id === model)),
            id,
          );
    });
  });
});
