import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { compacted } from '../../src/build/compact.js';

const schema = {
  type: 'object',
  required: ['a'],
  properties: { a: { type: 'string', pattern: '^[",{}\\\\]+$', minLength: 2 }, 'q"/': { enum: [1] } },
};
const wrong = [{}, { a: 1 }, { a: 'x' }, { a: '{"' }, { a: 'yy', 'q"/': 2 }, []];

type Validator = ((data: unknown) => boolean) & { errors?: { schemaPath?: string }[] | null };

function loaded(code: string): Validator {
  const module = { exports: {} };
  new Function('module', 'require', code)(module, () => ({ default: (text: string) => text.length }));
  return module.exports as Validator;
}

describe('generated validators in fewer words', () => {
  const ajv = new Ajv2020({ allErrors: true, strict: true, code: { source: true, lines: false } });
  const code = standalone.default(ajv, ajv.compile(schema));
  const whole = loaded(code);

  it('say the same of everything', () => {
    assert.ok(compacted(code).length < code.length);
    const short = loaded(compacted(code));
    for (const data of wrong) {
      assert.equal(short(data), whole(data));
      assert.deepEqual(short.errors, whole.errors);
    }
    assert.ok(wrong.some((data) => !whole(data)));
  });

  it('leave out where in the schema it is from, where nobody asks', () => {
    const short = loaded(compacted(code, { withoutPlaces: true }));
    for (const data of wrong) {
      assert.equal(short(data), whole(data));
      const expected = (whole.errors ?? []).map(({ schemaPath: _, ...error }) => error);
      assert.deepEqual(short.errors ?? [], expected);
    }
  });
});
