import assert from 'node:assert/strict';
import { readAccount, terminal } from '#io/environment.js';
import type { RampartError } from '#model/error.js';

describe('the environment', () => {
  it('gives the account as it stands or from a variable', () => {
    assert.equal(readAccount(undefined), undefined);
    assert.equal(readAccount('123456789012'), '123456789012');
    assert.equal(readAccount('env:GOV_ACCOUNT', 'aws-us-gov', { GOV_ACCOUNT: '123456789012' }), '123456789012');
    const subscription = '11112222-3333-4444-8555-666677778888';
    assert.equal(readAccount(subscription, 'azure-us-gov'), subscription);
    assert.equal(readAccount('env:PROJECT', 'google-us', { PROJECT: 'agency-example' }), 'agency-example');
    assert.throws(() => readAccount('env:PROJECT', 'aws-us-gov', { PROJECT: 'agency-example' }), /12-digit account id/);
    assert.throws(() => readAccount('123456789012', 'azure-us-gov'), /id of a subscription/);
    assert.throws(() => readAccount(subscription, 'google-us'), /id of a project/);
  });

  it('refuses anything else, naming the variable and not what it holds', () => {
    for (const [reference, environment, message] of [
      ['env:GOV', {}, /variable GOV, .*is not set/],
      ['env:GOV', { GOV: '' }, /variable GOV, .*is not set/],
      ['env:GOV', { GOV: 'hunter2' }, /variable GOV does not hold/],
      ['env:', {}, /neither a 12-digit account id nor env:NAME/],
      ['env:A B', { 'A B': '123456789012' }, /neither/],
      ['12345678901', {}, /neither/],
      ['1234567890123', {}, /neither/],
    ] as const) {
      assert.throws(
        () => readAccount(reference, 'aws-us-gov', environment),
        (error: RampartError) =>
          error.code === 'RAMPART_NO_ACCOUNT' &&
          error.exit === 'input' &&
          message.test(error.message) &&
          !`${error.message}${error.next}`.includes('hunter2'),
      );
    }
  });

  it('colours terminals, unless told otherwise', () => {
    const tty = { isTTY: true, columns: 132 };
    assert.deepEqual([terminal(tty, {}).colour, terminal(tty, {}).width], [true, 132]);
    assert.equal(terminal(tty, { NO_COLOR: '1' }).colour, false);
    assert.equal(terminal(tty, { NO_COLOR: '' }).colour, true);
    assert.equal(terminal(tty, { NO_COLOR: '1', FORCE_COLOR: '1' }).colour, false);
    assert.equal(terminal(tty, { TERM: 'dumb' }).colour, false);
    assert.equal(terminal({}, {}).colour, false);
    assert.equal(terminal({}, { FORCE_COLOR: '1' }).colour, true);
    assert.equal(terminal(tty, { FORCE_COLOR: '0' }).colour, false);
  });

  it('knows a width everywhere, within reason', () => {
    assert.deepEqual([terminal({}, {}).isScreen, terminal({ isTTY: true }, {}).isScreen], [false, true]);
    assert.equal(terminal({}, {}).width, 80);
    assert.equal(terminal({ isTTY: true, columns: 3 }, {}).width, 40);
    assert.equal(terminal({ isTTY: true, columns: -5 }, {}).width, 80);
    assert.equal(terminal({ columns: 100 }, { COLUMNS: '100' }).width, 80);
    assert.equal(terminal({ isTTY: true, columns: 100_000 }, {}).width, 240);
    assert.equal(terminal({ isTTY: true, columns: 0 }, {}).width, 80);
  });

  it('asks nobody in a pipeline', () => {
    assert.equal(terminal({ isTTY: true }, { CI: 'true' }).interactive, false);
    assert.equal(terminal({}, {}).interactive, false);
  });
});
