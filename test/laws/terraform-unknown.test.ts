import assert from 'node:assert/strict';
import { check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import type { Requirement } from '#model/requirement.js';
import type { Manifest } from '#model/resource.js';
import { against } from '../check/gate.js';
import { base } from '../controls/base.js';
import { readsSpelling } from './reads-spelling.js';

type Tree = Record<string, unknown>;
interface Change {
  address: string;
  change: { after: unknown; after_unknown: unknown };
}

function verdictOf(requirement: Requirement, plan: unknown): string | undefined {
  const given = { ...against.boundary, parameters: {} };
  const manifest = readManifest('plan.json', JSON.stringify(plan), given) as Manifest;
  const findings = check([manifest], { ...against, requirements: [requirement] });
  return ['error', 'fail', 'unknown', 'pass'].find((verdict) => findings.some((each) => each.verdict === verdict));
}

/** The same trees with the value at `key` known after apply only; undefined where it is so already. */
function hide(known: unknown, unknown: unknown, key: string): { known: unknown; unknown: unknown } {
  if (Array.isArray(known)) {
    const open = known.map((_, index) => (Array.isArray(unknown) ? unknown[index] : false));
    open[Number(key)] = true;
    return { known: known.map((item, index) => (index === Number(key) ? null : item)), unknown: open };
  }
  const { [key]: _, ...rest } = known as Tree;
  return { known: rest, unknown: { ...(unknown as Tree), [key]: true } };
}

/** Every way to hide one value under a tree. */
function* hidden(known: unknown, unknown: unknown): Generator<{ known: unknown; unknown: unknown }> {
  if (typeof known !== 'object' || known === null || unknown === true) return;
  for (const [key, value] of Object.entries(known)) {
    yield hide(known, unknown, key);
    const inner = Array.isArray(unknown) ? unknown[Number(key)] : (unknown as Tree | undefined)?.[key];
    for (const each of hidden(value, inner ?? {})) {
      const copy = structuredClone({ known, unknown: unknown || {} }) as { known: Tree; unknown: Tree };
      copy.known[key] = each.known;
      if (Array.isArray(known) && !Array.isArray(copy.unknown)) {
        copy.unknown = known.map(() => ({})) as unknown as Tree;
      }
      copy.unknown[key] = each.unknown;
      yield copy;
    }
  }
}

/** An expression of every attribute, so that none counts as left to the provider. */
function mentioned(plan: Tree, { address }: Change, after: unknown): Tree {
  const copy = structuredClone(plan) as { configuration?: { root_module?: { resources?: Tree[] } } };
  for (const resource of copy.configuration?.root_module?.resources ?? []) {
    if (resource.address !== address) continue;
    const constants = Object.keys((after ?? {}) as Tree).map((key) => [key, { references: ['local.any'] }]);
    resource.expressions = { ...Object.fromEntries(constants), ...(resource.expressions as Tree) };
  }
  return copy as Tree;
}

describe('law 4 in Terraform plans: what is unknown', () => {
  for (const requirement of base.requirements) {
    const { fail = [] } = requirement.examples?.terraform ?? {};
    const asked = fail.filter((text) => !readsSpelling(requirement.id, text));
    if (asked.length === 0) continue;
    it(`${requirement.id}: hiding a value turns no fail into a pass`, () => {
      for (const text of asked) {
        const plan = JSON.parse(text) as Tree & { resource_changes: Change[] };
        // What is missing from the whole system is not judged here.
        if (verdictOf(requirement, plan) !== 'fail') continue;
        for (const [index, change] of plan.resource_changes.entries()) {
          for (const { known, unknown } of hidden(change.change.after, change.change.after_unknown)) {
            const copy = mentioned(plan, change, change.change.after) as typeof plan;
            copy.resource_changes = [...plan.resource_changes];
            copy.resource_changes[index] = {
              ...change,
              change: { ...change.change, after: known, after_unknown: unknown },
            };
            const verdict = verdictOf(requirement, copy);
            assert.ok(verdict === 'fail' || verdict === 'unknown', `${verdict}: ${JSON.stringify(copy)}`);
          }
        }
      }
    });
  }
});
