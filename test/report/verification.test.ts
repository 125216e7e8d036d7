import assert from 'node:assert/strict';
import { verificationText } from '#report/verification.js';
import { failureText } from '../../src/failure.js';

const hostile = 'a\u001b[2J\u202eb\u0000\u2066';
const steering = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;

describe('what is said of evidence and of errors', () => {
  it('steers no terminal, whatever names say', () => {
    const told = verificationText({
      level: 'not-trusted',
      signedBy: [],
      checks: [{ name: 'artifact', ok: false, detail: hostile }],
      problems: [{ message: `${hostile}\nVERIFIED` }],
      notes: [hostile],
    });
    assert.doesNotMatch(told, steering);
    assert.doesNotMatch(told, /^VERIFIED/m);
    const position = { file: `${hostile}\nok`, line: 1, column: 1 };
    const problems = [{ message: hostile, position }];
    const failed = failureText({ code: 'RAMPART_X', exit: 'input', message: hostile, next: 'Mend it.', problems });
    assert.doesNotMatch(failed, steering);
    assert.doesNotMatch(failed, /^ok/m);
  });
});
