import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { predicates } from '#check/predicates/index.js';
import type { Artifact } from '#model/artifact.js';
import { readPredicates } from '#render/formula/read.js';
import type { Ground } from '#render/guardrail.js';
import { artifactOf } from '#render/guardrail-file.js';
import { guardrails } from '#render/guardrails/index.js';
import { base } from '../../controls/base.js';
import { exampleGround, grounds } from './ground.js';

const golden = new URL('../../golden/guardrails/', import.meta.url);
const written = (name: string, ground: Ground): Artifact[] =>
  (guardrails.get(name)?.(ground).files ?? []).map(artifactOf);

describe('guardrails', () => {
  for (const name of guardrails.keys()) {
    it(`${name} gives the same bytes twice, those of the golden files`, () => {
      const { ground } = grounds[0] as (typeof grounds)[number];
      const files = written(name, ground);
      assert.ok(files.length > 0);
      assert.deepEqual(written(name, structuredClone(ground)), files);
      for (const { path, text, sha256 } of files) {
        assert.equal(sha256, createHash('sha256').update(text).digest('hex'));
        assert.doesNotMatch(text, /\bundefined\b|\[object |\t|[ \t]$/m, path);
        const file = new URL(path, golden);
        if (process.env.UPDATE_GOLDEN === '1') {
          mkdirSync(golden, { recursive: true });
          writeFileSync(file, text);
        }
        assert.ok(existsSync(file), `no golden file ${path}; UPDATE_GOLDEN=1 writes it`);
        assert.equal(text, readFileSync(file, 'utf8'));
      }
    });

    it(`${name} serves each requirement or tells why not, and says so of none twice`, () => {
      const guarded = guardrails.get(name)?.(exampleGround());
      const served = new Set(guarded?.files.flatMap(({ sections }) => sections.flatMap(({ serves }) => serves)));
      const whole = (guarded?.left ?? []).filter(({ part }) => part === undefined);
      for (const { id } of base.requirements) {
        const reasons = whole.filter(({ requirement }) => requirement === id);
        assert.equal(reasons.length, served.has(id) ? 0 : 1, id);
        for (const { reason } of reasons) assert.ok(reason.length > 8, id);
      }
      for (const { requirement } of guarded?.left ?? [])
        assert.ok(base.requirements.some(({ id }) => id === requirement));
    });

    it(`${name} traces lines of its files only`, () => {
      for (const { ground } of grounds) {
        for (const { text, trace } of written(name, ground)) {
          const lines = text.split('\n');
          for (const { line } of trace) assert.ok((lines[line - 1] ?? '').length > 0, `${line}`);
        }
      }
    });
  }

  it('every requirement is held by a guardrail, or by none for a reason each of them gives', () => {
    const held = new Map<string, string[]>();
    const reasons = new Map<string, string[]>();
    for (const [name, guardrail] of guardrails) {
      const { files, left } = guardrail(exampleGround());
      for (const id of new Set(files.flatMap(({ sections }) => sections.flatMap(({ serves }) => serves))))
        held.set(id, [...(held.get(id) ?? []), name]);
      for (const { requirement, part, reason } of left)
        if (part === undefined) reasons.set(requirement, [...(reasons.get(requirement) ?? []), reason]);
    }
    for (const { id } of base.requirements) assert.ok(held.has(id) || reasons.get(id)?.length === guardrails.size, id);
  });

  it('the reader of conditions knows every predicate there is', () => {
    assert.deepEqual([...readPredicates].sort(), [...predicates.keys()].sort());
  });

  it('what a system is called cannot leave a comment or a string', () => {
    const hostile = 'x\n} >> \'"\u2028\u202e{{ evil: rule } */ # ';
    const ground = exampleGround();
    const { requirements } = ground;
    const named = { ...ground, system: { ...ground.system, name: hostile } };
    for (const [name, guardrail] of guardrails) {
      const lines = guardrail(ground).files.map((file) => artifactOf(file).text.split('\n').length);
      const files = guardrail(named).files.map(artifactOf);
      assert.deepEqual(
        files.map(({ text }) => text.split('\n').length),
        lines,
        name,
      );
      for (const { text } of files) assert.doesNotMatch(text, /[\u2028\u202e]/, name);
    }
    const titled = requirements.map((each) => ({ ...each, title: hostile, remediation: hostile }));
    for (const [name, guardrail] of guardrails) {
      const lines = guardrail(ground).files.map((file) => artifactOf(file).text.split('\n').length);
      const files = guardrail({ ...ground, requirements: titled }).files.map(artifactOf);
      assert.deepEqual(
        files.map(({ text }) => text.split('\n').length),
        lines,
        name,
      );
    }
  });
});
