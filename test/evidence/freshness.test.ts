import assert from 'node:assert/strict';
import { canonicalBytes } from '../../src/evidence/canonical-json.js';
import { freshnessOf } from '../../src/evidence/freshness.js';
import {
  advance,
  encodeMonotonicState,
  type MonotonicState,
  nextInChain,
  parseMonotonicState,
} from '../../src/evidence/monotonic-state.js';
import type { Predicate } from '../../src/evidence/statement.js';
import { now, predicate } from './sample.js';

const five: Predicate = { ...predicate, sequence: 5, previous: '4'.repeat(64) };
const digest = '5'.repeat(64);
const state = advance(undefined, five, digest, now);
const problemsOf = (changed: Partial<Predicate>, manifest = digest, time = now, seen: MonotonicState = state): string =>
  freshnessOf({ ...five, ...changed }, manifest, time, { maxAge: 3600, state: seen }).problems.join('; ');

describe('freshness', () => {
  it('accepts a bundle of now, again and again', () => assert.equal(problemsOf({}), ''));

  it('ends at the very moment of expiry', () => {
    const expiresAt = '2026-11-20T09:00:00.001Z';
    assert.equal(problemsOf({ expiresAt }), '');
    assert.match(problemsOf({ expiresAt: '2026-11-20T09:00:00Z' }), /expired/);
  });

  it('ends when it is older than the policy allows', () => {
    assert.equal(problemsOf({}, digest, new Date('2026-11-20T09:00:00.000Z')), '');
    assert.match(problemsOf({}, digest, new Date('2026-11-20T09:00:00.001Z')), /longer ago/);
  });

  it('refuses what was collected in the future, beyond the skew of clocks', () => {
    assert.equal(problemsOf({ collectedAt: '2026-11-20T09:05:00Z' }), '');
    assert.match(problemsOf({ collectedAt: '2026-11-20T09:05:01Z' }), /in the future/);
  });

  it('refuses a clock that was set back, beyond the skew of clocks', () => {
    assert.equal(problemsOf({}, digest, new Date('2026-11-20T08:55:00Z')), '');
    assert.match(problemsOf({}, digest, new Date('2026-11-20T08:54:59Z')), /set back/);
  });

  it('refuses an older bundle, another of the same number, and one that follows another', () => {
    const six = { sequence: 6, previous: digest };
    assert.equal(problemsOf(six, '6'.repeat(64)), '');
    assert.match(problemsOf({ sequence: 4, previous: '3'.repeat(64) }, '4'.repeat(64)), /replayed/);
    assert.match(problemsOf({}, 'f'.repeat(64)), /another bundle with number 5/);
    assert.match(problemsOf({ ...six, previous: 'f'.repeat(64) }, '6'.repeat(64)), /does not follow/);
    assert.match(problemsOf({ ...six, collectedAt: '2026-11-20T07:59:59Z' }, '6'.repeat(64)), /older by time/);
  });

  it('names each missing link, but not billions of them', () => {
    const notes = (sequence: number) =>
      freshnessOf({ ...five, sequence, previous: 'e'.repeat(64) }, digest, now, { state }).notes;
    assert.deepEqual(
      notes(8).map((note) => /number \d+/.exec(note)?.[0]),
      ['number 6', 'number 7'],
    );
    assert.equal(notes(Number.MAX_SAFE_INTEGER).length, 21);
    assert.match(notes(30).at(-1) ?? '', /and 4 more up to number 29/);
  });

  it('says when nothing was seen before', () => {
    const notes = freshnessOf({ ...five, systemId: 'other' }, digest, now, { state }).notes;
    assert.match(notes.join(), /no bundle of this system/);
  });
});

describe('monotonic state', () => {
  it('starts a chain and continues it', () => {
    assert.deepEqual(nextInChain(undefined, five), { sequence: 1, previous: null });
    assert.deepEqual(nextInChain(state, five), { sequence: 6, previous: digest });
    assert.deepEqual(nextInChain(state, { ...five, environment: 'production' }), { sequence: 1, previous: null });
  });

  it('never goes back', () => {
    const earlier = new Date('2026-11-20T08:59:00Z');
    assert.deepEqual(advance(state, { ...five, sequence: 4 }, '4'.repeat(64), earlier), state);
    assert.deepEqual(advance(state, five, 'f'.repeat(64), now), state);
  });

  it('keeps systems and environments apart, sorted, and reads back what it wrote', () => {
    const more = advance(
      advance(state, { ...five, systemId: 'a' }, digest, now),
      { ...five, environment: 'b' },
      digest,
      now,
    );
    assert.deepEqual(
      more.heads.map((head) => `${head.systemId}/${head.environment}`),
      ['a/test', 'sample/b', 'sample/test'],
    );
    assert.deepEqual(parseMonotonicState(encodeMonotonicState(more)), more);
  });

  it('does not read a file that is not its own', () => {
    const raw = { format: 'rampart-monotonic-state', formatVersion: 1, clock: state.clock, heads: state.heads };
    assert.doesNotThrow(() => parseMonotonicState(canonicalBytes(raw)));
    const shape = { code: 'RAMPART_EVIDENCE_SHAPE' };
    for (const change of [
      { format: 'x' },
      { formatVersion: 2 },
      { clock: 'now' },
      { heads: [...state.heads, ...state.heads] },
    ]) {
      assert.throws(() => parseMonotonicState(canonicalBytes({ ...raw, ...change })), shape);
    }
    assert.throws(() => parseMonotonicState(new Uint8Array(0)), { code: 'RAMPART_JSON_NOT_CANONICAL' });
  });
});
