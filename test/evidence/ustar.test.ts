import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { defaultLimits, readUstar, writeUstar } from '../../src/evidence/ustar.js';
import { utf8 } from './sample.js';

const files = [
  { path: 'b.txt', bytes: utf8('two') },
  { path: 'a/one.txt', bytes: utf8('x'.repeat(512)) },
  { path: `${'d'.repeat(80)}/${'e'.repeat(80)}`, bytes: utf8('') },
];
const archive = (): Buffer => Buffer.from(writeUstar(files, 0));
const refused = { code: 'RAMPART_ARCHIVE_NOT_CANONICAL' };

/** Changes one header and makes its checksum right again, as an attacker would. */
const forge = (change: (header: Buffer) => void, from = archive(), at = 0): Buffer => {
  const header = from.subarray(at, at + 512);
  change(header);
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return from;
};

describe('canonical ustar', () => {
  it('reads back what it wrote, sorted bytewise', () => {
    const read = readUstar(archive());
    assert.deepEqual(
      read.files.map((file) => file.path),
      ['a/one.txt', 'b.txt', `${'d'.repeat(80)}/${'e'.repeat(80)}`],
    );
    assert.equal(Buffer.from(read.files[1]?.bytes ?? []).toString(), 'two');
    assert.equal(read.mtime, 0);
    assert.equal(readUstar(writeUstar(files, 1_790_000_000)).mtime, 1_790_000_000);
  });

  it('has one archive for one set of files, and reads no other', () => {
    const name = fc
      .stringMatching(/^[a-zé日]{1,8}(\/[a-z0-9]{1,60}){0,3}$/)
      // Names Windows keeps for devices are refused, whatever else they stand in.
      .filter((path) => !/(^|\/)(con|prn|aux|nul|com\d|lpt\d)(\/|$)/.test(path));
    const some = fc.uniqueArray(fc.record({ path: name, bytes: fc.uint8Array({ maxLength: 1100 }) }), {
      maxLength: 6,
      selector: (file) => file.path.split('/')[0],
    });
    fc.assert(
      fc.property(some, fc.nat(2 ** 31), (list, mtime) => {
        const bytes = writeUstar(list, mtime);
        const read = readUstar(bytes);
        assert.equal(Buffer.compare(writeUstar([...list].reverse(), mtime), bytes), 0);
        assert.equal(Buffer.compare(writeUstar(read.files, list.length === 0 ? mtime : read.mtime), bytes), 0);
      }),
      { numRuns: 60 },
    );
  });

  it('names what a bundle was packed into, and what unpacks it', () => {
    const forms: [Uint8Array, RegExp][] = [
      [gzipSync(archive()), /compressed with gzip; .*gzip -dc BUNDLE > chat\.evb\.tar/],
      [Buffer.from('28b52ffd2400', 'hex'), /compressed with Zstandard; .*zstd -dc/],
      [Buffer.from('fd377a585a00', 'hex'), /compressed with xz; .*xz -dc/],
      [Buffer.from('BZh91AY&SY'), /compressed with bzip2; .*bzip2 -dc/],
      [Buffer.from('504b030414', 'hex'), /in a ZIP archive; .*empty folder/],
      [Buffer.from('377abcaf271c', 'hex'), /in a 7z archive; .*empty folder/],
      [Buffer.from(archive().toString('base64')), /no archive of evidence/],
      [Buffer.from('name: Chat\n'.repeat(60)), /no archive of evidence/],
      [Buffer.alloc(0), /the file is empty/],
    ];
    for (const [bytes, message] of forms) assert.throws(() => readUstar(bytes), { ...refused, message });
  });

  const there = spawnSync('tar', ['--version']).status === 0;
  (there ? it : it.skip)(there ? 'is read by tar' : 'is read by tar (skipped: tar is not on this machine)', () => {
    const tar = spawnSync('tar', ['--list', '--verbose', '--numeric-owner', '--utc', '--file=-'], { input: archive() });
    assert.equal(tar.status, 0, tar.stderr.toString());
    const lines = tar.stdout.toString().trim().split('\n');
    assert.equal(lines.length, 3);
    for (const line of lines) assert.match(line, /^-rw-r--r-- 0\/0 +\d+ 1970-01-01 00:00 /);
  });

  it('refuses truncation at every length', () => {
    const whole = archive();
    for (let length = 0; length < whole.length; length += 1) {
      assert.throws(() => readUstar(whole.subarray(0, length)), refused, `${length} bytes`);
    }
  });

  it('refuses appended data', () => {
    for (const more of [Buffer.alloc(1), Buffer.alloc(512), Buffer.from('x'), archive()]) {
      assert.throws(() => readUstar(Buffer.concat([archive(), more])), { ...refused, message: /follows the end/ });
    }
  });

  it('refuses data hidden between the end marks and behind a file', () => {
    const end = archive();
    end[end.length - 1] = 1;
    assert.throws(() => readUstar(end), { ...refused, message: /follows the end/ });
    const pad = Buffer.from(writeUstar([{ path: 'a', bytes: utf8('abc') }], 0));
    pad[512 + 3] = 1;
    assert.throws(() => readUstar(pad), { ...refused, message: /hidden behind/ });
  });

  // What the CDK calls the template of a nested stack is easily longer than a ustar header has room for.
  const long = `inputs/manifests/cdk.out/${'Nested'.repeat(30)}.nested.template.json`;
  const longArchive = (): Buffer => Buffer.from(writeUstar([{ path: long, bytes: utf8('long') }, ...files], 0));

  it('holds names no ustar header can, in one form of a pax header', () => {
    const read = readUstar(longArchive());
    assert.deepEqual(
      read.files.map(({ path }) => path),
      ['a/one.txt', 'b.txt', `${'d'.repeat(80)}/${'e'.repeat(80)}`, long],
    );
    assert.equal(Buffer.from(read.files[3]?.bytes ?? []).toString(), 'long');
    assert.equal(Buffer.compare(writeUstar(read.files, 0), longArchive()), 0);
    const deep = `${`${'p'.repeat(120)}/`.repeat(8)}f`;
    assert.equal(readUstar(writeUstar([{ path: deep, bytes: utf8('') }], 0)).files[0]?.path, deep);
  });

  (there ? it : it.skip)(there ? 'has long names for tar too' : 'has long names for tar too (skipped: no tar)', () => {
    const listed = spawnSync('tar', ['--list', '--file=-'], { input: longArchive() });
    assert.equal(listed.stderr.toString(), '');
    assert.ok(listed.stdout.toString().split('\n').includes(long), listed.stdout.toString());
    const held = spawnSync('tar', ['--extract', '--to-stdout', '--file=-', long], { input: longArchive() });
    assert.equal(held.stdout.toString(), 'long');
  });

  describe('of a long name', () => {
    const only = (): Buffer => Buffer.from(writeUstar([{ path: long, bytes: utf8('long') }], 0));
    /** Puts another record in the place of the name, of as many bytes as there is room for. */
    const recorded = (record: string): Buffer => {
      const bytes = only();
      bytes.fill(0, 512, 1024).write(record, 512, 'utf8');
      return forge(
        (header) => header.write(`${Buffer.byteLength(record).toString(8).padStart(11, '0')}\0`, 124),
        bytes,
      );
    };
    const record = (path: string): string => {
      const rest = ` path=${path}\n`;
      return `${Buffer.byteLength(rest) + 3}${rest}`;
    };
    const climbing = `../${'x'.repeat(120)}`;
    const cases: [string, () => Buffer, RegExp][] = [
      ['that leads out of the bundle', () => recorded(record(climbing)), /has the part \.\./],
      ['that is absolute', () => recorded(record(`/${'x'.repeat(120)}`)), /starts or ends with a slash/],
      ['with a line end in it', () => recorded(record(`${'x'.repeat(120)}\nmore`)), /pax header|control/],
      ['of another file than its header stands for', () => recorded(record('y'.repeat(150))), /not canonical/],
      ['that needs none', () => recorded(record('a'.repeat(100).slice(4))), /pax header|not canonical/],
      ['of another length than it says', () => recorded(`999 path=${'x'.repeat(120)}\n`), /not canonical/],
      ['with a second record', () => recorded(`${record(long)}14 mtime=1234\n`), /pax header/],
      ['that is a link', () => recorded(record(long).replace(' path=', ' link=')), /pax header/],
      ['twice', () => Buffer.concat([only().subarray(0, 1024), only()]), /pax header/],
      ['that nothing follows', () => Buffer.concat([only().subarray(0, 1024), Buffer.alloc(1024)]), /./],
      ['for a link', () => forge((header) => header.write('2', 156, 'latin1'), only(), 1024), /a symbolic link/],
      [
        'for a file of another name',
        () => forge((h) => h.fill(0, 0, 100).write('etc', 0), only(), 1024),
        /not canonical/,
      ],
      ['with a size that is a bomb', () => forge((h) => h.write('77777777777\0', 124), only()), /pax header/],
    ];
    for (const [name, make, message] of cases) {
      it(`refuses one ${name}`, () => assert.throws(() => readUstar(make()), { ...refused, message }));
    }

    it('refuses truncation at every length', () => {
      const whole = only();
      for (let length = 0; length < whole.length; length += 1)
        assert.throws(() => readUstar(whole.subarray(0, length)), refused, `${length} bytes`);
    });

    it('refuses any other byte in its headers', () => {
      for (let at = 0; at < 1536; at += 1) {
        const bytes = only();
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        assert.throws(() => readUstar(bytes), /./, `byte ${at}`);
      }
    });
  });

  const types: [string, string, RegExp][] = [
    ['a hard link', '1', /a hard link/],
    ['a symbolic link', '2', /a symbolic link/],
    ['a device', '3', /a device/],
    ['a folder', '5', /a folder/],
    ['a pipe', '6', /a pipe/],
    ['a pax header', 'x', /a pax header/],
    ['a global pax header', 'g', /a global pax header/],
    ['a GNU long name', 'L', /a GNU long name/],
    ['a GNU sparse file', 'S', /a GNU sparse file/],
    ['the old file type', '\0', /old file type/],
    ['a contiguous file', '7', /unknown type/],
  ];
  for (const [name, type, message] of types) {
    it(`refuses ${name}`, () => {
      const forged = forge((header) => header.write(type, 156, 'latin1'));
      assert.throws(() => readUstar(forged), { ...refused, message });
    });
  }

  const fields: [string, (header: Buffer) => void][] = [
    ['another mode', (h) => h.write('0000755\0', 100, 'latin1')],
    ['another owner', (h) => h.write('0001750\0', 108, 'latin1')],
    ['another group', (h) => h.write('0001750\0', 116, 'latin1')],
    ['a size without leading zeros', (h) => h.write('       1000\0', 124, 'latin1')],
    ['a size in base 256', (h) => h.set([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0], 124)],
    ['a time of its own', (h) => h.write('00000000001\0', 136, 'latin1')],
    ['a link target', (h) => h.write('b.txt', 157, 'latin1')],
    ['the GNU magic', (h) => h.write('ustar  \0', 257, 'latin1')],
    ['an owner name', (h) => h.write('root', 265, 'latin1')],
    ['a device number', (h) => h.write('0000001\0', 329, 'latin1')],
    ['data behind the name', (h) => h.write('evil', 20, 'latin1')],
    ['data behind the header', (h) => h.write('evil', 501, 'latin1')],
    ['a needless prefix', (h) => h.write('one.txt\0\0\0', 0, 'latin1') && h.write('a', 345, 'latin1')],
  ];
  for (const [name, change] of fields) {
    it(`refuses ${name}`, () => assert.throws(() => readUstar(forge(change)), refused));
  }

  it('refuses a wrong checksum', () => {
    const wrong = archive();
    wrong.write('000000', 148, 'latin1');
    assert.throws(() => readUstar(wrong), { ...refused, message: /not canonical/ });
  });

  for (const name of ['../evil', '/etc/x', 'a\\..\\b', 'a/../b', './a', 'a\u001bb', 'u\u0308', 'a//b']) {
    it(`refuses the name ${JSON.stringify(name)}`, () => {
      const forged = forge((header) => header.fill(0, 0, 100).write(name, 0, 'utf8'));
      assert.throws(() => readUstar(forged), { ...refused, message: /the name/ });
    });
  }

  it('refuses a name that is not UTF-8', () => {
    assert.throws(() => readUstar(forge((header) => header.fill(0, 0, 100).set([0x61, 0xff], 0))));
  });

  const entry = (path: string): Buffer => Buffer.from(writeUstar([{ path, bytes: utf8('x') }], 0)).subarray(0, 1024);
  const joined = (...paths: string[]): Buffer => Buffer.concat([...paths.map(entry), Buffer.alloc(1024)]);

  it('refuses a duplicate name and a wrong order', () => {
    assert.doesNotThrow(() => readUstar(joined('a', 'b')));
    assert.throws(() => readUstar(joined('a', 'a')), { ...refused, message: /twice/ });
    assert.throws(() => readUstar(joined('b', 'a')), { ...refused, message: /out of order/ });
  });

  it('refuses twins by case and by Unicode', () => {
    const twins = { code: 'RAMPART_MEMBER_PATH', message: /twin/ };
    assert.throws(() => readUstar(joined('Report.json', 'report.json')), twins);
    assert.throws(() => readUstar(joined('file', '\ufb01le')), twins);
    assert.throws(() => readUstar(joined('a', '\uff41')), twins);
    assert.throws(() => readUstar(joined('a', 'a/b')), { code: 'RAMPART_MEMBER_PATH', message: /file and a folder/ });
  });

  it('refuses to write what it would not read', () => {
    for (const path of ['../x', '/x', 'a\\b', 'u\u0308', 'x'.repeat(256), `${'x'.repeat(120)}/../y`]) {
      assert.throws(() => writeUstar([{ path, bytes: utf8('') }], 0), { code: 'RAMPART_MEMBER_PATH' });
    }
    assert.throws(() => writeUstar([...files, { path: 'B.TXT', bytes: utf8('') }], 0), { code: 'RAMPART_MEMBER_PATH' });
    assert.throws(() => writeUstar(files, -1), refused);
    assert.throws(() => writeUstar(files, 1.5), refused);
  });

  it('holds to its limits, and believes no size before it has the bytes', () => {
    assert.throws(() => readUstar(archive(), { ...defaultLimits, archive: 1024 }), refused);
    assert.throws(() => readUstar(archive(), { ...defaultLimits, file: 511 }), refused);
    assert.throws(() => readUstar(archive(), { ...defaultLimits, files: 2 }), refused);
    const bomb = forge((header) => header.write('77777777777\0', 124, 'latin1'));
    assert.throws(() => readUstar(bomb), refused);
    const modest = forge((header) => header.write('00000100000\0', 124, 'latin1'));
    assert.throws(() => readUstar(modest), { ...refused, message: /cut off in "/ });
  });
});
