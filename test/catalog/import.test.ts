import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matches } from '#catalog/oscal-profile.js';
import { type ControlData, readPublished } from '#catalog/published.js';
import { RampartError } from '#model/error.js';
import { base } from '../controls/base.js';

type Json = Record<string, unknown>;

const metadata = { title: 'Small', version: '1', 'last-modified': '2026-01-02T03:04:05Z' };

/** Two families; ac-2 has two enhancements, one withdrawn. */
const catalog: Json = {
  catalog: {
    metadata,
    groups: [
      {
        controls: [
          { id: 'ac-1', title: 'Policy' },
          {
            id: 'ac-2',
            title: 'Accounts',
            controls: [
              { id: 'ac-2.1', title: 'Automated' },
              { id: 'ac-2.2', title: 'Gone', props: [{ name: 'status', value: 'withdrawn' }] },
            ],
          },
        ],
      },
      { controls: [{ id: 'au-2', title: 'Events' }] },
    ],
  },
};
const ids = (...list: string[]): Json => ({ 'include-controls': [{ 'with-ids': list }] });
const profile = (choice: Json, more: Json = {}): Json => ({
  profile: { metadata, imports: [{ href: 'c.json', ...choice }], ...more },
});

const imported = (main: Json, beside: Readonly<Record<string, Json>> = { 'c.json': catalog }): ControlData =>
  readPublished(
    'main.json',
    main,
    (href) => (Object.hasOwn(beside, href) ? { file: href, document: beside[href] } : undefined),
    { id: 'small' },
    base,
  );
const chosen = (choice: Json): readonly string[] | undefined => imported(profile(choice)).baselines[0]?.controls;

describe('importing an OSCAL catalog', () => {
  it('leaves out what is withdrawn', () => {
    assert.deepEqual(
      imported(catalog).controls.map(({ id }) => id),
      ['ac-1', 'ac-2', 'ac-2.1', 'au-2'],
    );
    assert.deepEqual(chosen({ 'include-all': {} }), ['ac-1', 'ac-2', 'ac-2.1', 'au-2']);
  });

  it('lets no control character through', () => {
    const control = {
      id: 'ac-1',
      title: 'Ev\u001b[31mil\u202e\u0007 title\nsecond',
      parts: [
        { name: 'statement', prose: '\u001b]0;x\u0007', props: [{ name: 'label', value: '\u001b[2J' }] },
        { name: 'guidance', prose: 'one\ntwo' },
      ],
    };
    const { controls } = imported({ catalog: { metadata, controls: [control] } });
    assert.equal(controls[0]?.title, 'Ev [31mil title second');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    assert.doesNotMatch(controls[0]?.prose ?? '', /[\u0000-\u0009\u000b-\u001f\u202e]/);
    assert.match(controls[0]?.prose ?? '', /Guidance: one two$/);
  });
});

describe('choosing the controls of an OSCAL profile', () => {
  it('includes by id, by pattern and with enhancements, and excludes in the same ways', () => {
    assert.deepEqual(chosen(ids('au-2', 'ac-1')), ['ac-1', 'au-2']);
    assert.deepEqual(chosen({ 'include-controls': [{ matching: [{ pattern: 'ac-*' }] }] }), ['ac-1', 'ac-2', 'ac-2.1']);
    assert.deepEqual(chosen({ 'include-controls': [{ 'with-child-controls': 'yes', 'with-ids': ['ac-2'] }] }), [
      'ac-2',
      'ac-2.1',
    ]);
    const without = (selection: Json) => chosen({ 'include-all': {}, 'exclude-controls': [selection] });
    assert.deepEqual(without({ 'with-ids': ['ac-2'] }), ['ac-1', 'ac-2.1', 'au-2']);
    assert.deepEqual(without({ 'with-child-controls': 'yes', 'with-ids': ['ac-2'] }), ['ac-1', 'au-2']);
    assert.deepEqual(without({ matching: [{ pattern: '*-2' }] }), ['ac-1', 'ac-2.1']);
  });

  it('ends on hostile patterns, and matches as a pattern does', () => {
    const started = performance.now();
    assert.ok(!matches('a'.repeat(80), `${'*a'.repeat(2000)}b`));
    assert.ok(performance.now() - started < 1000);
    fc.assert(
      fc.property(fc.stringMatching(/^[ab*?]{0,8}$/), fc.stringMatching(/^[ab]{0,8}$/), (pattern, id) => {
        const same = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(id);
        assert.equal(matches(id, pattern), same);
      }),
    );
  });
});

/** Something nested in itself many times. */
const nested = (innermost: Json, around: (inner: Json) => Json): Json =>
  Array.from({ length: 500 }).reduce<Json>((inner) => around(inner), innermost);

describe('what an import cannot understand', () => {
  const mistakes: readonly [what: string, main: Json, said: RegExp][] = [
    [
      'an import that selects in two ways',
      profile({ 'include-all': {}, ...ids('ac-1') }),
      /main\.json: \/profile\/imports\/0 must be an import with either/,
    ],
    ['a way to select nobody knows', profile({ ...ids('ac-1'), 'include-groups': [] }), /imports\/0\/include-groups/],
    [
      'a selection nobody knows',
      profile({ 'include-controls': [{ 'with-parents': 'yes' }] }),
      /include-controls\/0\/with-parents/,
    ],
    [
      'an alter nobody knows',
      profile(ids('ac-1'), { modify: { alters: [{ 'control-id': 'ac-1', replaces: [] }] } }),
      /alters\/0\/replaces/,
    ],
    [
      'a control that stands twice',
      { catalog: { metadata, controls: ['x', 'y'].map((title) => ({ id: 'ac-1', title })) } },
      /controls\/1 must be another control: ac-1 stands twice/,
    ],
    [
      'an id that is no id',
      { catalog: { metadata, controls: [{ id: 'a b', title: 'x' }] } },
      /controls\/0\/id must be/,
    ],
    ['a title that is no text', { catalog: { metadata, controls: [{ id: 'ac-1', title: {} }] } }, /0\/title must be/],
    [
      'groups without end',
      { catalog: { metadata, groups: [nested({ controls: [] }, (group) => ({ groups: [group] }))] } },
      /nested less than/,
    ],
    [
      'parts without end',
      {
        catalog: {
          metadata,
          controls: [
            {
              id: 'ac-1',
              title: 'x',
              parts: [nested({ name: 'item', prose: 'x' }, (part) => ({ name: 'item', prose: 'x', parts: [part] }))],
            },
          ],
        },
      },
      /nested less than/,
    ],
  ];
  for (const [what, main, said] of mistakes) {
    it(`is refused with its place: ${what}`, () => {
      assert.throws(
        () => imported(main),
        (error) =>
          error instanceof RampartError &&
          error.code === 'RAMPART_CATALOG_SHAPE' &&
          error.exit === 'input' &&
          said.test(error.message),
      );
    });
  }

  it('is refused when profiles chain without end', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [
        `${at}.json`,
        { profile: { metadata, imports: [{ href: `${at + 1}.json`, ...ids('ac-1') }] } },
      ]),
    );
    assert.throws(
      () => imported({ profile: { metadata, imports: [{ href: '0.json', ...ids('ac-1') }] } }, chain),
      /circle/,
    );
  });
});
