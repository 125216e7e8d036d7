import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Document, isScalar, parseDocument, Scalar, visit } from 'yaml';
import type { Requirement } from '#model/requirement.js';
import { verdictOf } from '../check/gate.js';
import { base } from '../controls/base.js';
import { readsSpelling } from './reads-spelling.js';

/** A manifest of some requirement, whatever verdict it is an example of. */
const examples = base.requirements.flatMap((requirement: Requirement) => {
  const { pass = [], fail = [], unknown = [] } = requirement.examples?.cloudformation ?? {};
  return [...pass, ...fail, ...unknown].map((text) => ({ id: requirement.id, text }));
});

/** Scalars under `Properties` that stand for themselves: what a deployer may turn into a parameter. */
function openable(document: Document): Scalar[] {
  const found: Scalar[] = [];
  visit(document.getIn(['Resources'], true) as never, {
    Pair(_, pair) {
      // Names of types, conditions and functions are structure, and a whole policy text is no single value.
      const key = isScalar(pair.key) ? String(pair.key.value) : '';
      if (['Type', 'Condition', 'DependsOn', 'Ref'].includes(key) || key.startsWith('Fn::')) return visit.SKIP;
      return undefined;
    },
    Scalar(key, node) {
      if (key !== 'key' && !node.tag?.startsWith('!') && ['string', 'number', 'boolean'].includes(typeof node.value))
        found.push(node);
    },
    Collection(_, node) {
      return node.tag?.startsWith('!') && !node.tag.startsWith('!!') ? visit.SKIP : undefined;
    },
  });
  return found.filter((node) => !String(node.value).includes('{{resolve:'));
}

/** The text with one scalar taken from a parameter, and the value the parameter had to have. */
function opened(text: string, pick: number): { text: string; value: string } | undefined {
  const document = parseDocument(text, { logLevel: 'silent' });
  const scalars = openable(document);
  const scalar = scalars[pick % Math.max(1, scalars.length)];
  if (!scalar) return undefined;
  const value = String(scalar.value);
  scalar.value = 'OpenValue';
  scalar.tag = '!Ref';
  scalar.type = Scalar.PLAIN;
  document.setIn(['Parameters', 'OpenValue'], document.createNode({ Type: 'String' }));
  return { text: document.toString({ lineWidth: 0 }), value };
}

describe('law 4: what is unknown', () => {
  it('never turns a fail into a pass, and settling it never turns a pass into a fail', function () {
    this.timeout(120_000);
    let openedOnes = 0;
    fc.assert(
      fc.property(
        fc.nat(examples.length - 1),
        fc.nat(1000),
        fc.constantFrom('', '*', 'true', '0', 'zz'),
        (at, pick, other) => {
          const { id, text } = examples[at] as { id: string; text: string };
          const open = opened(text, pick);
          if (!open || readsSpelling(id, open.value)) return;
          openedOnes += 1;
          const before = verdictOf(id, text);
          const unknown = verdictOf(id, open.text);
          if (before === 'fail') assert.notEqual(unknown, 'pass', `opening turned a fail into a pass:\n${open.text}`);
          if (unknown !== 'pass') return;
          for (const settled of [open.value, other]) {
            assert.notEqual(
              verdictOf(id, open.text, { OpenValue: settled }),
              'fail',
              `settled as ${JSON.stringify(settled)}:\n${open.text}`,
            );
          }
        },
      ),
      { numRuns: 3000 },
    );
    assert.ok(openedOnes > 1500);
  });
});
