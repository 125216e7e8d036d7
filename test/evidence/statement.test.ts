import assert from 'node:assert/strict';
import { canonicalBytes } from '../../src/evidence/canonical-json.js';
import { digestsOf } from '../../src/evidence/digest.js';
import { encodeStatement, type Predicate, parseStatement, statementOf } from '../../src/evidence/statement.js';
import { predicate, template, utf8 } from './sample.js';

const shape = { code: 'RAMPART_EVIDENCE_SHAPE' };
const statement = statementOf(utf8('{}'), [template, { path: 'a', bytes: utf8('x') }], predicate);
type Raw = Record<string, unknown> & { subject: Record<string, unknown>[] };
const changed = (change: (raw: Raw) => void) => () => {
  const raw: Raw = JSON.parse(Buffer.from(encodeStatement(statement)).toString());
  change(raw);
  return parseStatement(canonicalBytes(raw));
};

describe('statement', () => {
  it('is an in-toto Statement v1 about the manifest and each artifact', () => {
    const raw: unknown = JSON.parse(Buffer.from(encodeStatement(statement)).toString());
    assert.deepEqual(raw, {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [
        { name: 'manifest.json', digest: digestsOf(utf8('{}')) },
        { name: 'a', digest: digestsOf(utf8('x')) },
        { name: template.path, digest: digestsOf(template.bytes) },
      ],
      predicateType: 'urn:rampart:evidence-bundle:v1',
      predicate,
    });
    assert.deepEqual(parseStatement(encodeStatement(statement)), statement);
  });

  const bad: Record<string, Partial<Record<keyof Predicate, unknown>>> = {
    'sequence 0': { sequence: 0 },
    'a sequence that is text': { sequence: '1' },
    'a first bundle with a previous one': { previous: 'a'.repeat(64) },
    'a second bundle without a previous one': { sequence: 2 },
    'an end before the beginning': { expiresAt: '2026-11-20T07:59:59Z' },
    'an end at the beginning': { expiresAt: predicate.collectedAt },
    'a time in another zone': { collectedAt: '2026-11-20T08:00:00+01:00' },
    'a time that does not exist': { collectedAt: '2026-02-30T08:00:00Z' },
    'a system id with a slash': { systemId: 'a/b' },
    'an environment that is empty': { environment: '' },
    'a tool without digest': { tool: { name: 'rampart', version: '1' } },
    'control data without digest': { controlData: 'x' },
  };
  for (const [name, change] of Object.entries(bad)) {
    it(`refuses ${name}, when writing and when reading`, () => {
      const wrong = { ...predicate, ...change } as Predicate;
      assert.throws(() => encodeStatement({ ...statement, predicate: wrong }), shape);
      assert.throws(
        changed((raw) => Object.assign(raw, { predicate: wrong })),
        shape,
      );
    });
  }

  const faults: Record<string, (raw: Raw) => unknown> = {
    'another statement type': (raw) => Object.assign(raw, { _type: 'https://in-toto.io/Statement/v0.1' }),
    'another predicate type': (raw) => Object.assign(raw, { predicateType: 'https://slsa.dev/provenance/v1' }),
    'another key': (raw) => Object.assign(raw, { note: 'x' }),
    'no subject': (raw) => raw.subject.splice(0),
    'a first subject that is not the manifest': (raw) => raw.subject.reverse(),
    'one subject twice': (raw) => raw.subject.push(raw.subject[1] ?? {}),
    'a second manifest': (raw) => raw.subject.push({ ...raw.subject[1], name: 'manifest.json' }),
    'a subject with one digest': (raw) => Object.assign(raw.subject[1] ?? {}, { digest: { sha256: 'a'.repeat(64) } }),
    'a subject that turns a line around': (raw) => Object.assign(raw.subject[1] ?? {}, { name: 'a\u202egnp.yaml' }),
    'a subject that looks like another': (raw) => Object.assign(raw.subject[1] ?? {}, { name: 'a\u200b.yaml' }),
    'a subject of two lines': (raw) => Object.assign(raw.subject[1] ?? {}, { name: 'a\u2028b' }),
    'a subject that steers a terminal': (raw) => Object.assign(raw.subject[1] ?? {}, { name: 'a\u001b[2J' }),
  };
  for (const [name, change] of Object.entries(faults)) {
    it(`refuses ${name}`, () => assert.throws(changed(change), shape));
  }
});
