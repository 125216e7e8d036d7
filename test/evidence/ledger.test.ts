import assert from 'node:assert/strict';
import { encodeEntry, type LedgerEntry, parseLedger } from '../../src/evidence/ledger.js';

describe('a ledger of a system', () => {
  const digest = (at: number): string => at.toString(16).padStart(64, '0');
  const entry = (sequence: number): LedgerEntry => ({
    systemId: 's',
    environment: 'e',
    sequence,
    previous: sequence === 1 ? null : digest(sequence - 1),
    collectedAt: '2026-11-22T00:00:00.000Z',
    bundle: digest(sequence),
    signedBy: [],
    baseline: 'b',
    verdict: 'PASSED',
    controls: {},
  });

  it('holds no first bundle that follows another, and no other that follows none', () => {
    const line = (one: LedgerEntry): Buffer => {
      const { root } = parseLedger(Buffer.alloc(0));
      return Buffer.concat([encodeEntry(one, { size: 0, root }), Buffer.from('\n')]);
    };
    assert.equal(parseLedger(line(entry(1))).entries.length, 1);
    for (const wrong of [
      { ...entry(1), previous: digest(7) },
      { ...entry(2), previous: null },
    ])
      assert.throws(() => parseLedger(line(wrong)), /previous must be null for the first/);
  });

  it('says when something on the way has changed its line ends or put a mark at its beginning', () => {
    const { root } = parseLedger(Buffer.alloc(0));
    const line = `${new TextDecoder().decode(encodeEntry(entry(1), { size: 0, root }))}\n`;
    const wrong = { code: 'RAMPART_LEDGER_ENCODING', exit: 'untrusted', next: /\.gitattributes/ };
    assert.throws(() => parseLedger(Buffer.from(line.replace('\n', '\r\n'))), { ...wrong, message: /CRLF/ });
    assert.throws(() => parseLedger(Buffer.from(`\ufeff${line}`)), { ...wrong, message: /byte order mark/ });
    assert.throws(() => parseLedger(Buffer.from(`${line}\n`)), { message: /^line 2 of the ledger is not JSON/ });
  });

  it('names a hundred missing links, and how many more there are', () => {
    let text = '';
    for (const sequence of [1, 102, 103, 110, 1_000_000_000]) {
      const { entries, root } = parseLedger(Buffer.from(text));
      text += `${new TextDecoder().decode(encodeEntry(entry(sequence), { size: entries.length, root }))}\n`;
    }
    const { missing } = parseLedger(Buffer.from(text));
    assert.equal(missing.length, 101);
    assert.equal(missing[99], 'number 101 of s/e');
    assert.equal(missing[100], `${6 + 1_000_000_000 - 111} more`);
  });
});
