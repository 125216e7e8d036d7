import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judge } from '../../check/gate.js';
import { base } from '../../controls/base.js';
import { readsSpelling } from '../../laws/reads-spelling.js';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

interface Template {
  parameters?: Record<string, Json>;
  resources: Json;
}

/** A template of some requirement, whatever verdict it is an example of. */
const examples = base.requirements.flatMap((requirement) => {
  const { pass = [], fail = [], unknown = [] } = requirement.examples?.arm ?? {};
  return [...pass, ...fail, ...unknown].map((text) => ({ id: requirement.id, text }));
});

/** Places of scalars in the resources that stand for themselves. */
function openable(
  value: Json,
  path: readonly (string | number)[] = [],
): { path: readonly (string | number)[]; value: Json }[] {
  if (typeof value !== 'object' || value === null) {
    const isPlain = value !== null && !(typeof value === 'string' && value.startsWith('['));
    return isPlain ? [{ path, value }] : [];
  }
  // A default of a nested template may name parameters of that template only.
  const structure = new Set(['defaultValue', 'type', '$schema', 'contentVersion', 'count', 'existing', 'apiVersion']);
  const entries = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value).filter(([key]) => !structure.has(key));
  return entries.flatMap(([key, inner]) => openable(inner, [...path, key]));
}

/** The template with one scalar taken from a parameter, and the value the parameter had to have. */
function opened(text: string, pick: number): { text: string; value: Json } | undefined {
  const template = JSON.parse(text) as Template;
  const scalars = openable(template.resources);
  const scalar = scalars[pick % Math.max(1, scalars.length)];
  if (!scalar) return undefined;
  let place = template.resources as Record<string | number, Json>;
  for (const key of scalar.path.slice(0, -1)) place = place[key] as Record<string | number, Json>;
  place[scalar.path.at(-1) as string] = "[parameters('opened')]";
  const type = typeof scalar.value === 'boolean' ? 'bool' : typeof scalar.value === 'number' ? 'int' : 'string';
  template.parameters = { ...template.parameters, opened: { type } };
  return { text: JSON.stringify(template, null, 2), value: scalar.value };
}

function verdictOf(id: string, text: string, parameters: Record<string, string> = {}): string | undefined {
  const findings = (judge(text, parameters, 'main.json') ?? []).filter(({ requirement }) => requirement === id);
  return ['error', 'fail', 'unknown', 'pass'].find((verdict) => findings.some((each) => each.verdict === verdict));
}

describe('what is unknown in an ARM template', () => {
  it('never turns a fail into a pass, and settling it never turns a pass into a fail', function () {
    this.timeout(120_000);
    let openedOnes = 0;
    fc.assert(
      fc.property(
        fc.nat(examples.length - 1),
        fc.nat(1000),
        fc.constantFrom('', '*', 'true', 'false', '0', 'Enabled', 'Allow'),
        (at, pick, other) => {
          const { id, text } = examples[at] as { id: string; text: string };
          const open = opened(text, pick);
          if (!open || readsSpelling(id, open.value)) return;
          openedOnes += 1;
          const before = verdictOf(id, text);
          const unknown = verdictOf(id, open.text);
          assert.notEqual(unknown, 'error');
          if (before === 'fail') assert.notEqual(unknown, 'pass', `opening turned a fail into a pass:\n${open.text}`);
          assert.equal(verdictOf(id, open.text, { opened: String(open.value) }), before, `given back:\n${open.text}`);
          if (unknown !== 'pass') return;
          for (const settled of [String(open.value), other]) {
            const verdict = verdictOf(id, open.text, { opened: settled });
            assert.notEqual(verdict, 'fail', `settled as ${JSON.stringify(settled)}:\n${open.text}`);
          }
        },
      ),
      { numRuns: 1500 },
    );
    assert.ok(openedOnes > 1000);
  });
});
