import assert from 'node:assert/strict';
import fc from 'fast-check';
import { byNumber, controlIdOf, labelOf } from '../../src/model/control.js';

describe('a control', () => {
  it('is printed as NIST prints it', () => {
    assert.equal(labelOf('sc-28.1'), 'SC-28(1)');
    assert.equal(labelOf('sc-7'), 'SC-7');
  });

  it('stands where the catalog has it, AC-2 before AC-10', () => {
    const sorted = ['ac-10', 'ac-2.10', 'au-1', 'ac-2', 'ac-2.2'].sort(byNumber);
    assert.deepEqual(sorted, ['ac-2', 'ac-2.2', 'ac-2.10', 'ac-10', 'au-1']);
    assert.equal(byNumber('ac-2', 'ac-2'), 0);
  });

  it('is found again under the label it is printed with', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('ac', 'sc', 'si'),
        fc.integer({ min: 1, max: 60 }),
        fc.option(fc.integer({ min: 1, max: 40 })),
        (family, number, enhancement) => {
          const id = `${family}-${number}${enhancement === null ? '' : `.${enhancement}`}`;
          assert.equal(controlIdOf(labelOf(id)), id);
        },
      ),
    );
  });
});
