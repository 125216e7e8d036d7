/** How a form of file begins, and what makes the archive of it again. */
interface Form {
  name: string;
  /** Latin-1. */
  begins: string;
  next: string;
}

const decompress = (program: string): string =>
  `\`${program} -dc BUNDLE > chat.evb.tar\` gives the archive that is verified`;
const unpack = 'unpack it into an empty folder and verify the archive, or the folder, that comes out';

const forms: readonly Form[] = [
  { name: 'compressed with gzip', begins: '\x1f\x8b', next: decompress('gzip') },
  { name: 'compressed with Zstandard', begins: '\x28\xb5\x2f\xfd', next: decompress('zstd') },
  { name: 'compressed with xz', begins: '\xfd7zXZ\0', next: decompress('xz') },
  { name: 'compressed with bzip2', begins: 'BZh', next: decompress('bzip2') },
  { name: 'in a ZIP archive', begins: 'PK\x03\x04', next: unpack },
  { name: 'in a 7z archive', begins: '7z\xbc\xaf\x27\x1c', next: unpack },
];

/** What to say of a file that is no tar archive at all; undefined where it may be one. */
export const notArchive = (bytes: Uint8Array): string | undefined => {
  if (bytes.length === 0) return 'the file is empty';
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1');
  const form = forms.find(({ begins }) => head.startsWith(begins));
  if (form) return `the file is ${form.name}; ${form.next}`;
  // An archive of no files is zeros, and what is cut off in its first header was one.
  return head.startsWith('ustar', 257) || /^\0*$/.test(head) ? undefined : 'the file is no archive of evidence (ustar)';
};
