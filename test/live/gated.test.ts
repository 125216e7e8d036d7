import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { asGated, besideGated, type Gated } from '#live/gated.js';
import { templateDifferences } from '#manifest/cloudformation/differences.js';
import type { Observation } from '#model/observation.js';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const gated = (path: string, text: string): Gated => ({ path, text, sha256: sha(text) });
const living = (text: string) => ({ text, sha256: sha(text) });
const chat =
  'Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties: {EnableKeyRotation: true, Tags: [{Key: a, Value: !Ref X}]}\n';

const stack = (answer: object = { status: 'CREATE_COMPLETE' }): Observation => ({
  probe: 'cloudformation-stack',
  service: 'cloudformation',
  call: 'DescribeStacks',
  subject: 'chat',
  time: '2026-11-20T12:00:00.000Z',
  outcome: 'answered',
  answer: { ...answer },
});

const templateOf = (text: string, among: readonly Gated[] = [gated('chat.yaml', chat)], answer?: object): unknown =>
  besideGated(stack(answer), living(text), [], among, undefined, templateDifferences).answer.template;

describe('a stack beside what was gated', () => {
  it('is as gated by its digest, or when it says the same in another notation', () => {
    assert.equal(templateOf(chat), asGated);
    assert.equal(templateOf(`# a comment\n${chat}`), asGated);
    const json = JSON.stringify({
      Resources: {
        Key: {
          Properties: { Tags: [{ Value: { Ref: 'X' }, Key: 'a' }], EnableKeyRotation: true },
          Type: 'AWS::KMS::Key',
        },
      },
    });
    assert.equal(templateOf(json), asGated);
  });

  it('names where it is other, and no value', () => {
    assert.equal(templateOf(chat.replace('true', 'false')), 'other at Resources.Key.Properties.EnableKeyRotation');
    assert.equal(templateOf(chat.replace('!Ref X', 'hunter2')), 'other at Resources.Key.Properties.Tags[0].Value');
    assert.equal(templateOf(`${chat}  Other: {Type: AWS::SNS::Topic}\n`), 'other at Resources.Other');
    const many = Array.from({ length: 9 }, (_, at) => `  R${at}: {Type: T}\n`).join('');
    assert.match(String(templateOf(chat + many)), /Resources\.R4 and 4 more$/);
  });

  it('is held against the closest of several', () => {
    const other = gated('other.yaml', 'Resources: {Topic: {Type: AWS::SNS::Topic}}');
    const both = [other, gated('chat.yaml', chat)];
    assert.equal(
      templateOf(chat.replace('true', 'false'), both),
      'other at Resources.Key.Properties.EnableKeyRotation',
    );
  });

  it('is open while it changes, when the template was not given, and when nothing was gated', () => {
    const isOpen = (value: unknown) => typeof (value as { $unknown?: unknown }).$unknown === 'string';
    assert.ok(isOpen(templateOf(chat, undefined, { status: 'UPDATE_IN_PROGRESS' })));
    assert.equal(templateOf(chat, undefined, { status: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' }), asGated);
    assert.ok(isOpen(templateOf(chat, [])));
    const denied = besideGated(stack(), { $unknown: 'p' }, [], [gated('a', chat)], undefined, templateDifferences);
    assert.deepEqual(denied.answer.template, { $unknown: 'p' });
  });

  it('is never as gated when it cannot be read', () => {
    for (const text of ['{', 'a: b: c', '', '\u0000', '!Unknown x']) assert.notEqual(templateOf(text), asGated, text);
  });

  it('compares the values the gate was given, and leaves those open that AWS does not show', () => {
    const with_ = (
      parameters: { name: string; value: string | undefined }[],
      values?: Record<string, string>,
    ): unknown =>
      besideGated(stack(), living(chat), parameters, [gated('a', chat)], values, templateDifferences).answer.parameters;
    assert.equal(with_([{ name: 'A', value: '1' }]), undefined);
    assert.equal(
      with_(
        [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
        { A: '1' },
      ),
      asGated,
    );
    assert.equal(with_([{ name: 'A', value: '2' }], { A: '1' }), 'other values of A');
    assert.equal(with_([], { A: '1' }), 'other values of A');
    assert.equal(with_([], { constructor: '1' }), 'other values of constructor');
    assert.match(JSON.stringify(with_([{ name: 'A', value: undefined }], { A: '1' })), /unknown.*parameter A/);
  });

  it('never calls two trees the same that say different things', () => {
    const tree = fc.object({ maxDepth: 3, values: [fc.string(), fc.boolean(), fc.integer()] });
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
        // The reader may refuse a text; it may not take it for another.
        let found: readonly string[];
        try {
          found = templateDifferences(left, right);
        } catch {
          return;
        }
        const same = (() => {
          try {
            assert.deepEqual(JSON.parse(left), JSON.parse(right));
            return true;
          } catch {
            return false;
          }
        })();
        assert.equal(found.length === 0, same);
      }),
    );
  });
});
