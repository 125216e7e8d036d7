import assert from 'node:assert/strict';
import hcl2json from '@cdktf/hcl2json';
import fc from 'fast-check';
import type { SagemakerEndpoint } from '#model/endpoint.js';
import type { Plan } from '#model/plan.js';
import { hcl, literally } from '../../../src/render/terraform/scalar.js';
import { variants } from '../plans.js';
import { type Module, moduleOf, textsOf } from './module.js';

const given = (variants[0] as { plan: Plan }).plan;

/** Text that means something to HCL, its templates, Handlebars or IAM, and text of any other kind. */
const hostile = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc
      .array(
        fc.constantFrom(
          ...'" \' \\ \n \r \t # // /* */ ${ %{ $${ %%{ } $ % $$ { {{ }} {{system.id}} ${var.account_id} %{if true} <<EOT '.split(
            ' ',
          ),
          ...[
            '\\u0024{',
            '\\"',
            '\u2028',
            '\u0085',
            '\ufeff',
            '\u0000',
            '\u202e',
            'x',
            '*',
            '?',
            '&{',
            '\u{1f600}',
            ' ',
          ],
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
  )
  // HCL's strings are Unicode text, which a surrogate alone is not.
  .filter((text) => !/\p{Cs}/u.test(text));

/** What an HCL parser makes of a string without references. It writes `${` of the text as `$${`, and strings in form C. */
async function read(quoted: string): Promise<string> {
  const { a } = (await hcl2json.parse('a.tf', `a = ${quoted}\n`)) as { a: string };
  return a.replaceAll('$${', '${').replaceAll('%%{', '%{');
}

const spelt = (text: string): string => text.normalize('NFC');

describe('strings of HCL', function () {
  this.timeout(120_000);

  it('hold what a user wrote, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        assert.equal(await read(hcl('', text)), spelt(text));
        assert.equal(await read(hcl('a', text, '{b}')), spelt(`a${text}{b}`));
      }),
      { numRuns: 150 },
    );
  });

  it('keep the references of the template, and make none of what stands before them', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const quoted = hcl('x-', text, '${var.region}-', text, '');
        const references = await hcl2json.getReferencesInExpression('a.tf', quoted);
        assert.deepEqual(
          references.map(({ value }) => value),
          ['var.region'],
          quoted,
        );
      }),
      { numRuns: 150 },
    );
  });

  it('show no character that a reader would not see', () => {
    assert.equal(hcl('', 'a\u202eb\u0000\u{e0001}"\\\n'), '"a\\u202eb\\u0000\\U000e0001\\"\\\\\\n"');
  });

  it('let no star of a user’s be a wildcard of IAM', () => {
    assert.equal(hcl('', literally('gpt*/model?')), '"gpt\\u0024{*}/model\\u0024{?}"');
  });
});

/** Rendered with these words in place of a well-formed system's; the schema would refuse most of them, and is not asked. */
async function rendered(change: { model?: string; image?: string; artifact?: string }, name: string): Promise<Module> {
  const { model, ...container } = change;
  const plan: Plan = {
    ...given,
    endpoints: given.endpoints.map((each) =>
      each.endpoint.kind === 'sagemaker'
        ? { ...each, endpoint: { ...each.endpoint, ...container } as SagemakerEndpoint }
        : { ...each, endpoint: { ...each.endpoint, ...(model === undefined ? {} : { model }) } },
    ),
  };
  return moduleOf(textsOf(plan, name));
}

const plain = (text: unknown): string => String(text).replaceAll('$${', '${').replaceAll('%%{', '%{');

describe('what a user wrote, in rendered Terraform', function () {
  this.timeout(240_000);

  it('comes out as data where it is printed whole', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (image) => {
        const { resource } = await rendered({ image: image || 'x' }, 'summarizer');
        const model = resource.find(({ type }) => type === 'aws_sagemaker_model') as Module['resource'][number];
        const [container] = model.body.primary_container as [{ image: string }];
        assert.equal(plain(container.image), spelt(image || 'x'));
      }),
      { numRuns: 25 },
    );
  });

  it('comes out as data inside an ARN, its stars and question marks literal', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (model) => {
        const { data } = await rendered({ model: `x${model}` }, 'chat');
        const policy = data.find(({ address }) => address.endsWith('.runtime_endpoint')) as Module['data'][number];
        const [statement] = policy.body.statement as [{ resources: string[] }];
        const arn = String(statement.resources[0]).split('${local.partition}:')[1];
        assert.equal(plain(arn), spelt(`bedrock:us-gov-west-1::foundation-model/${literally(`x${model}`)}`));
      }),
      { numRuns: 25 },
    );
  });
});
