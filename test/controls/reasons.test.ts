import assert from 'node:assert/strict';
import { base } from './base.js';
import { findingsOf, languages } from './example.js';

const every = [...languages, 'live'] as const;

/** Longer than this nobody reads to the end. */
const longest = 200;

/** What shows that a sentence was put together from the language of requirements: these are for `says` and `wants`. */
const mechanical: Readonly<Record<string, RegExp>> = {
  'a regular expression': /\^.*\$|must match /,
  'an item it must not have': /an item it must not have/,
  'what it must not': /has what it must not|is what it must not be/,
  'must be one of': /must be one of: /,
  'no alternative': /meets none of the alternatives/,
  'no related of this kind': /must have no related .* of this kind/,
};

/** Requirement and language → why its reasons may be as they are. */
const exceptions: Readonly<Record<string, string>> = {
  'bedrock-model-in-region cloudformation':
    'who says that a region lacks a model must be told, and up to 125 characters name it',
  'bedrock-model-in-region terraform':
    'who says that a region lacks a model must be told, and up to 125 characters name it',
  'core-dump-kms terraform': 'the path of the property has 53 characters, and the ARN of a key 75',
  'resource-type-in-region terraform': 'who says that a region lacks a type must be told, and 112 characters name it',
  's3-default-kms terraform': 'the names of the resource and its properties alone have 136 characters',
  's3-replication-destination cloudformation': 'the path of the property has 93 characters, and the ARN of a key 76',
};

interface Told {
  where: string;
  reason: string;
}

/** What is wrong with the words of a reason. */
function faults({ reason }: Told): string[] {
  const found = Object.keys(mechanical).filter((name) => mechanical[name]?.test(reason));
  return reason.length > longest ? [...found, `${reason.length} characters`] : found;
}

describe('the reason of every finding on a failing example', () => {
  const told: Told[] = base.requirements.flatMap((requirement) =>
    every.flatMap((language) =>
      (requirement.examples?.[language]?.fail ?? [])
        .flatMap((text) => findingsOf(requirement, text, language))
        .filter(({ verdict }) => verdict === 'fail')
        .map(({ reason }) => ({ where: `${requirement.id} ${language}`, reason })),
    ),
  );

  it('is short and in plain words', () => {
    assert.ok(told.length > 1000, `only ${told.length} reasons were looked at`);
    assert.deepEqual(
      told
        .filter(({ where }) => !(where in exceptions))
        .flatMap((each) => faults(each).map((fault) => `${each.where}: ${fault}: ${each.reason}`)),
      [],
    );
  });

  it('ends as a sentence does, also where it is an unknown', () => {
    const unknowns = base.requirements.flatMap((requirement) =>
      every
        .flatMap((language) =>
          (requirement.examples?.[language]?.unknown ?? []).flatMap((text) => findingsOf(requirement, text, language)),
        )
        .map(({ reason }) => `${requirement.id}: ${reason}`),
    );
    assert.ok(unknowns.length > 200);
    assert.deepEqual(
      [...unknowns, ...told.map(({ reason }) => reason)].filter((reason) => /[\s,;:]$/.test(reason)),
      [],
    );
  });

  it('names nothing of a Kubernetes object that stands in no manifest', () => {
    const reasons = base.requirements.flatMap((requirement) =>
      (['fail', 'unknown'] as const)
        .flatMap((kind) => requirement.examples?.kubernetes?.[kind] ?? [])
        .flatMap((text) => findingsOf(requirement, text, 'kubernetes'))
        .filter(({ verdict }) => verdict !== 'pass')
        .map(({ reason }) => `${requirement.id}: ${reason}`),
    );
    assert.ok(reasons.length > 200);
    const workedOut =
      /: (?:(?:environment|options|network|pod)\.|(?:bound|budgeted|containers|mesh|role|scheme|server) is )/;
    assert.deepEqual(
      reasons.filter((reason) => workedOut.test(reason)),
      [],
    );
  });

  it('needs each of its exceptions', () => {
    const needed = new Set(told.filter((each) => faults(each).length > 0).map(({ where }) => where));
    assert.deepEqual(
      Object.keys(exceptions).filter((where) => !needed.has(where)),
      [],
    );
  });
});
