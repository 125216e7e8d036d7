import assert from 'node:assert/strict';
import hcl2json from '@cdktf/hcl2json';
import fc from 'fast-check';
import type { Plan } from '#model/plan.js';
import { render } from '../../src/render/render.js';
import { base } from '../controls/base.js';
import { type CloudKind, plansOf } from './clouds.js';
import { templates } from './plans.js';

const words = [
  '"',
  "'",
  '\\',
  '\n',
  '\t',
  '[',
  ']',
  '[[',
  '[parameters(',
  ')]',
  '${',
  '}',
  '%{',
  '{{',
  '}}',
  '$',
  '%',
  '#',
  '*/',
  '\u202e',
  '\u2028',
  '\u0000',
  'x',
];

/** Text that means something to JSON, ARM, HCL or Handlebars, and text of any other kind. */
const hostile = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.array(fc.constantFrom(...words), { maxLength: 10 }).map((parts) => parts.join('')),
    fc.constantFrom('[resourceGroup().id]', '[[x]', '[', ']', '[x] y'),
  )
  .filter((text) => !/[\ud800-\udfff]/u.test(text));

/** The plan with these words in place of well-formed ones; the schema would refuse most of them, and is not asked. */
function planWith(kind: CloudKind, name: string, model: string): Plan {
  const [{ plan }] = plansOf(kind) as unknown as [{ plan: Plan }];
  return {
    ...plan,
    system: { ...plan.system, name },
    endpoints: plan.endpoints.map((each) => ({ ...each, endpoint: { ...each.endpoint, model } })),
  };
}

/** What Azure makes of a string of a template: one between brackets is an expression unless a second bracket opens it. */
function literal(text: string): string {
  if (!text.startsWith('[') || !text.endsWith(']')) return text;
  assert.ok(text.startsWith('[['), `${text} is an expression`);
  return text.slice(1);
}

describe('what a user wrote, in other clouds', function () {
  this.timeout(60_000);

  it('comes out of ARM templates as data', () => {
    fc.assert(
      fc.property(hostile, hostile, (name, model) => {
        const files = render(planWith('azure-openai', name, model), 'arm', templates, base.boundary);
        const template = JSON.parse(files.find(({ path }) => path.endsWith('.template.json'))?.text ?? '');
        assert.equal(literal(template.metadata.description), `Azure OpenAI endpoint chat (${model}) of ${name}`);
        const deployment = template.resources.find((each: { type: string }) => each.type.endsWith('/deployments'));
        assert.equal(literal(deployment.properties.model.name), model);
      }),
      { numRuns: 150 },
    );
  });

  it('comes out of Terraform as data', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (model) => {
        for (const [kind, type, at] of [
          [
            'azure-openai',
            'azurerm_cognitive_deployment',
            (body: never) => (body as { model: { name: string }[] }).model[0]?.name,
          ],
          [
            'vertex-ai',
            'google_vertex_ai_endpoint',
            (body: never) => (body as { description: string }).description.slice('Serves '.length),
          ],
        ] as const) {
          const files = render(planWith(kind, 'x', model), 'terraform', templates, base.boundary);
          const { text = '' } = files.find(({ path }) => path === 'chat/main.tf') ?? {};
          const parsed = await hcl2json.parse('main.tf', text);
          const [body] = (parsed.resource as Record<string, { endpoint: never[] }>)[type]?.endpoint ?? [];
          // The parser gives data back as it is spelled in a template, where a sign before a brace is doubled, and in Unicode's
          // composed form, as Terraform does.
          const read = (text: string): string => text.replaceAll('$${', '${').replaceAll('%%{', '%{').normalize('NFC');
          assert.equal(read(String(at(body as never))), model.normalize('NFC'));
        }
      }),
      { numRuns: 25, examples: [['%%{'], ['$$${x}']] },
    );
  });
});
