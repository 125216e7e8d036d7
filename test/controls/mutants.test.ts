import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Against, check } from '#check/check.js';
import { predicates } from '#check/predicates/index.js';
import { readManifest } from '#manifest/read.js';
import { exampleAccounts, type LiveExpectation, type ManifestLanguage, type Requirement } from '#model/requirement.js';
import type { Manifest } from '#model/resource.js';
import type { SettingValue } from '#model/setting.js';
import { azureGiven } from '../check/gate.js';
import { base } from './base.js';
import { findingsOf } from './example.js';

const boundary = { partition: 'aws-us-gov', regions: ['us-gov-west-1', 'us-gov-east-1'] };
const settings: Record<string, SettingValue> = {};
for (const requirement of base.requirements) {
  for (const [id, demand] of Object.entries(requirement.settings)) settings[id] = demand.default;
}
const languages = ['cloudformation', 'terraform', 'kubernetes', 'arm'] as const;

type Json = unknown;
interface Mutant {
  what: string;
  value: Json;
}

/** What a part asks for; `says` and `wants` ask for nothing. */
const asked = (part: Readonly<Record<string, Json>>): [string, Json][] =>
  Object.entries(part).filter(([key]) => key !== 'says' && key !== 'wants');

/** Each way to ask for less in a condition. */
function weakerConditions(condition: Readonly<Record<string, Json>>): Mutant[] {
  return asked(condition).flatMap(([key, argument]): Mutant[] => {
    const { [key]: _, ...rest } = condition;
    const put = (value: Json): Json => ({ ...rest, [key]: value });
    const dropped = { what: `without ${key}`, value: rest };
    if (key === 'all-of' || key === 'none-of') {
      return [dropped, ...shorter(argument as Json[], key).map(({ what, value }) => ({ what, value: put(value) }))];
    }
    if (key === 'any-of') return [dropped, ...each(argument as Json[], key, weakerConditions, put)];
    if (key === 'attributes')
      return [
        dropped,
        ...weakerConditions(argument as Record<string, Json>).map(({ what, value }) => ({ what, value: put(value) })),
      ];
    if (key === 'strings' || key === 'related' || key === 'no-related') return [dropped];
    return [
      dropped,
      ...weakerPredicates(argument as Record<string, Json>).map(({ what, value }) => ({
        what: `${key}: ${what}`,
        value: put(value),
      })),
    ];
  });
}

/** Each way to ask for less with one of several parts. */
const each = (
  items: readonly Json[],
  key: string,
  weaker: (item: Readonly<Record<string, Json>>) => Mutant[],
  put: (value: Json) => Json,
): Mutant[] =>
  items.flatMap((item, at) =>
    weaker(item as Record<string, Json>).map(({ what, value }) => ({
      what: `${key} ${at + 1} ${what}`,
      value: put(items.map((other, index) => (index === at ? value : other))),
    })),
  );

const isPredicate = (part: Readonly<Record<string, Json>>): boolean =>
  asked(part).length > 0 && asked(part).every(([key]) => predicates.has(key));

const weaker = (part: Readonly<Record<string, Json>>): Mutant[] =>
  isPredicate(part) ? weakerPredicates(part) : weakerConditions(part);

/** Each way to let more through what must not be: one alternative, or one word of a list, less. */
function narrower(part: Readonly<Record<string, Json>>): Mutant[] {
  return asked(part).flatMap(([key, argument]): Mutant[] => {
    const put = (list: readonly Mutant[], name: string): Mutant[] =>
      list.map(({ what, value }) => ({ what: `${name} ${what}`, value: { ...part, [key]: value } }));
    if (
      key === 'any-of' ||
      key === 'any' ||
      ((key === 'in' || key === 'starts-with' || key === 'ends-with') && Array.isArray(argument))
    ) {
      const items = argument as Json[];
      const inner = key === 'any-of' || key === 'any' ? each(items, '', narrower, (value) => value) : [];
      return put([...shorter(items, 'is'), ...inner], key);
    }
    if (key === 'all-of' || key === 'all')
      return put(
        each(argument as Json[], '', narrower, (value) => value),
        key,
      );
    if (typeof argument !== 'object' || argument === null || Array.isArray(argument)) return [];
    if (key === 'not' || key === 'none') return put(weaker(argument as Record<string, Json>), key);
    return put(narrower(argument as Record<string, Json>), key);
  });
}

const shorter = (items: readonly Json[], key: string): Mutant[] =>
  items.length < 2
    ? []
    : items.map((_, at) => ({
        what: `${key} without item ${at + 1}`,
        value: items.filter((__, index) => index !== at),
      }));

/** Each way to ask for less with a predicate. */
function weakerPredicates(predicate: Readonly<Record<string, Json>>): Mutant[] {
  return asked(predicate).flatMap(([name, argument]): Mutant[] => {
    const { [name]: _, ...rest } = predicate;
    const put = (value: Json): Json => ({ ...rest, ...(value as object) });
    const nested = (list: readonly Mutant[]): Mutant[] =>
      list.map(({ what, value }) => ({ what: `${name} ${what}`, value: put({ [name]: value }) }));
    switch (name) {
      case 'equals':
      case 'in':
      case 'matches':
      case 'starts-with':
      case 'customer-key':
      case 'wide-range':
        return [{ what: `${name} made present`, value: put({ present: true }) }];
      case 'at-least':
        return typeof argument === 'number' ? [{ what: 'one less', value: put({ [name]: argument - 1 }) }] : [];
      case 'at-most':
        return typeof argument === 'number' ? [{ what: 'one more', value: put({ [name]: argument + 1 }) }] : [];
      case 'min-items':
        return [{ what: 'one item less', value: put({ [name]: (argument as number) - 1 }) }];
      case 'max-items':
        return [{ what: 'one item more', value: put({ [name]: (argument as number) + 1 }) }];
      case 'contains':
      case 'all':
        return nested(shorter(argument as Json[], name));
      case 'some':
      case 'every':
        return nested(weaker(argument as Record<string, Json>));
      case 'any':
        return nested(each(argument as Json[], '', weakerPredicates, (value) => value));
      case 'none':
        return nested(narrower(argument as Record<string, Json>));
      case 'for-each-action': {
        const { actions, must } = argument as { actions: Json[]; must: Record<string, Json> };
        return nested([
          ...shorter(actions, 'actions').map(({ what, value }) => ({ what, value: { actions: value, must } })),
          ...weakerPredicates(must).map(({ what, value }) => ({ what, value: { actions, must: value } })),
        ]);
      }
      case 'absent-or':
      case 'unset-or':
      case 'policy':
      case 'json':
        return nested(weakerPredicates(argument as Record<string, Json>));
      default:
        return [];
    }
  });
}

/** Each way a requirement of one language can be made to ask for less. */
function mutantsOf(requirement: Requirement, language: ManifestLanguage): { what: string; mutant: Requirement }[] {
  const expectations = requirement.expect[language] ?? [];
  const made = (list: readonly Json[]): Requirement =>
    ({ ...requirement, expect: { ...requirement.expect, [language]: list } }) as Requirement;
  return expectations.flatMap((expectation, at) => {
    const replaced = (value: Json): Requirement =>
      made(expectations.map((each, index) => (index === at ? value : each)));
    const name = `${'each' in expectation ? `each ${expectation.each}` : `exists ${expectation.exists}`}`;
    const conditions = expectation.must ? weakerConditions(expectation.must) : [];
    return [
      { what: `${name} dropped`, mutant: made(expectations.filter((_, index) => index !== at)) },
      ...conditions.map(({ what, value }) => ({
        what: `${name}: ${what}`,
        mutant: replaced({ ...expectation, must: value }),
      })),
    ];
  });
}

const order = ['error', 'fail', 'unknown', 'pass'];

/** The same for what is asked of a live account. */
function liveMutantsOf(requirement: Requirement): { what: string; mutant: Requirement }[] {
  const expectations = requirement.expect.live ?? [];
  const made = (live: readonly LiveExpectation[]): Requirement => ({
    ...requirement,
    expect: { ...requirement.expect, live },
  });
  return expectations.flatMap((expectation, at) => [
    { what: `${expectation.probe} dropped`, mutant: made(expectations.filter((_, index) => index !== at)) },
    ...weakerConditions(expectation.must).map(({ what, value }) => ({
      what: `${expectation.probe}: ${what}`,
      mutant: made(
        expectations.map((each, index) =>
          index === at ? { ...expectation, must: value as LiveExpectation['must'] } : each,
        ),
      ),
    })),
  ]);
}

function verdictsOf(requirement: Requirement, manifests: readonly Manifest[]): string[] {
  const against: Against = {
    requirements: [requirement],
    settings,
    boundary: { ...boundary, accounts: exampleAccounts },
    nvmeFamilies: base.boundary.nvmeFamilies,
    clouds: base.boundary.clouds,
    offers: base.boundary,
    needs: [...requirement.endpoints],
  };
  return manifests.map((manifest) => {
    const findings = check([manifest], against);
    return order.find((verdict) => findings.some((each) => each.verdict === verdict)) ?? 'not judged';
  });
}

/**
 * Weakenings inside of alternatives and lists that no example tells yet. The list may only become shorter: a new one fails, and
 * one that is noticed now has to be taken out.
 */
const unnoticed = parse(readFileSync(new URL('mutants-unnoticed.yaml', import.meta.url), 'utf8')) as Record<
  string,
  readonly string[]
>;

/** A part of a requirement that no manifest can tell from its absence says nothing: take it out rather than leave it unnoticed. */
describe('a weakened requirement is noticed by its own examples', function () {
  this.timeout(120_000);
  let total = 0;
  for (const requirement of base.requirements) {
    for (const language of languages) {
      const examples = requirement.examples?.[language];
      if (!examples) continue;
      it(`${requirement.id}, ${language}`, () => {
        const manifests = [...examples.pass, ...examples.fail, ...examples.unknown].map(
          (text) => readManifest('example.yaml', text, { ...boundary, azure: azureGiven, parameters: {} }) as Manifest,
        );
        const before = verdictsOf(requirement, manifests).join();
        const mutants = mutantsOf(requirement, language);
        total += mutants.length;
        const survivors = mutants
          .filter(({ mutant }) => verdictsOf(mutant, manifests).join() === before)
          .map(({ what }) => what);
        assert.deepEqual(survivors, unnoticed[`${requirement.id}, ${language}`] ?? []);
      });
    }
    const live = requirement.examples?.live;
    if (!live) continue;
    it(`${requirement.id}, live`, () => {
      const texts = [...live.pass, ...live.fail, ...live.unknown];
      const verdicts = (judged: Requirement): string =>
        texts
          .map((text) => {
            const found = findingsOf(judged, text, 'live').map(({ verdict }) => verdict);
            return order.find((verdict) => found.some((each) => each === verdict)) ?? 'not judged';
          })
          .join();
      const before = verdicts(requirement);
      const mutants = liveMutantsOf(requirement);
      total += mutants.length;
      assert.deepEqual(
        mutants.filter(({ mutant }) => verdicts(mutant) === before).map(({ what }) => what),
        [],
      );
    });
  }

  it('or on the list of those that are not noticed yet, which does not grow', () => {
    const names = base.requirements.flatMap(({ id }) => languages.map((language) => `${id}, ${language}`));
    assert.deepEqual(
      Object.keys(unnoticed).filter((name) => !names.includes(name)),
      [],
    );
    const all = Object.values(unnoticed);
    assert.ok(all.every((list) => list.length > 0));
    assert.ok(all.flat().length <= 383, `${all.flat().length}`);
  });

  it('are many', () => assert.ok(total > 500, `${total} mutants`));
});
