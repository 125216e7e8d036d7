import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Requirement } from '#model/requirement.js';
import { written } from '../../../src/manifest/terraform/resource.js';
import { base } from '../../controls/base.js';
import { findingsOf } from '../../controls/example.js';
import { listed, plan } from './plan.js';

const corpus = new URL('../../../../shared/corpus/terraform-plan/', import.meta.url);

/** What every requirement says of a resource whose block is as `after` and `unknown` have it, and in no configuration. */
function told(type: string, about: readonly Requirement[], after: object, unknown: object): Map<string, string> {
  const address = `${type}.r`;
  const configuration = { root_module: { resources: listed({ [address]: {} }) } };
  const text = plan([{ address, after, unknown }], { configuration });
  return new Map(
    about.flatMap(({ id, ...rest }) => {
      const found = findingsOf({ id, ...rest }, text).filter(({ resource }) => resource === address);
      const worst = ['error', 'fail', 'unknown', 'pass'].find((each) => found.some(({ verdict }) => verdict === each));
      return worst === undefined ? [] : [[id, worst] as const];
    }),
  );
}

const namedBy = (type: string, block: string) =>
  base.requirements.filter(({ expect }) => {
    const own = JSON.stringify(expect.terraform ?? []);
    return own.includes(`"${type}"`) && own.includes(block);
  });

/** Plans that people or `terraform` made: a block that is in no configuration and known after apply only is one the provider fills in. */
function* plans(): Generator<string> {
  for (const { examples } of base.requirements) {
    for (const text of [...(examples?.terraform?.pass ?? []), ...(examples?.terraform?.fail ?? [])]) yield text;
  }
  if (!existsSync(corpus)) return;
  for (const file of readdirSync(corpus, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.json')) yield readFileSync(new URL(file, corpus), 'utf8');
  }
}

interface Listed {
  type: string;
  name: string;
  module_address?: string;
  change?: { after_unknown?: Record<string, unknown> };
  expressions?: object;
}

/** Attributes of the root module that are known after apply only and that its configuration does not mention. */
function filledIn(text: string): string[] {
  const { resource_changes, configuration } = JSON.parse(text);
  const changes: Listed[] = resource_changes ?? [];
  const resources: Listed[] = configuration?.root_module?.resources ?? [];
  return changes.flatMap(({ type, name, module_address: module, change }) => {
    const { expressions } = resources.find((each) => !module && each.type === type && each.name === name) ?? {};
    if (!expressions) return [];
    const unknown = change?.after_unknown ?? {};
    const open = Object.keys(unknown).filter((key) => unknown[key] === true);
    return open.filter((key) => !Object.hasOwn(expressions, key)).map((key) => `${type}.${key}`);
  });
}

describe('a block that is unknown where nothing is written of it', () => {
  for (const pair of written) {
    const [type = '', block = ''] = pair.split('.');
    it(`${pair} is asked about, and would pass or fail by what nobody wrote`, () => {
      const about = namedBy(type, block);
      const open = told(type, about, {}, { [block]: true });
      const none = told(type, about, { [block]: [] }, {});
      const decided = [...open].filter(([id, verdict]) => verdict === 'unknown' && none.get(id) !== 'unknown');
      assert.ok(decided.length > 0, JSON.stringify([[...open], [...none]]));
    });
  }

  it('is none that a provider fills in', function () {
    this.timeout(60_000);
    const filled = new Set<string>();
    for (const text of plans()) for (const pair of filledIn(text)) filled.add(pair);
    assert.ok(filled.size > 20);
    assert.deepEqual(
      [...written].filter((pair) => filled.has(pair)),
      [],
    );
  });
});
