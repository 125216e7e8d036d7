/** What protects against a threat to a bundle, and the test that must notice when it is gone. */
export interface Threat {
  name: string;
  /** What is taken out of the sources, each text found exactly once, and what is left in its place. */
  guards: readonly { file: string; text: string; left?: string }[];
  /** A test file beside this one, and the test in it. */
  noticed: readonly [file: string, title: string];
}

const paths = 'src/evidence/member-path.ts';
const archive = 'src/evidence/ustar.ts';
const freshness = 'src/evidence/freshness.ts';
const inHand = 'src/evidence/in-hand.ts';

/** The threats evidence has to answer. Where two guards stand behind each other, both have to go before anything gets through. */
export const threats: readonly Threat[] = [
  {
    name: 'a path that leads out of the bundle',
    guards: [{ file: paths, text: 'if (problem !== undefined) return problem;\n  }', left: '}' }],
    noticed: ['member-path.test.ts', 'refuses "../'],
  },
  {
    name: 'a link in an archive',
    guards: [
      { file: archive, text: "if (type !== '0') throw", left: "if (type === '\\u0001') throw" },
      {
        file: archive,
        text: 'if (Buffer.compare(headersOf(path, size, mtime), archive.subarray(at, start)) !== 0) {',
        left: 'if (size < 0) {',
      },
    ],
    noticed: ['ustar.test.ts', 'refuses a symbolic link'],
  },
  {
    name: 'two files of one name',
    guards: [
      { file: archive, text: 'byPath(last, entry.file) >= 0', left: 'byPath(last, entry.file) > 0' },
      { file: paths, text: 'else if (file && other.file)', left: 'else if (!file && other.file && !file)' },
    ],
    noticed: ['ustar.test.ts', 'refuses a duplicate name and a wrong order'],
  },
  {
    name: 'twins by case',
    guards: [
      {
        file: paths,
        text: "path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').toUpperCase().toLowerCase()",
        left: "path.normalize('NFKC')",
      },
    ],
    noticed: ['ustar.test.ts', 'refuses twins by case and by Unicode'],
  },
  {
    name: 'twins by Unicode',
    guards: [
      {
        file: paths,
        text: "path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').toUpperCase().toLowerCase()",
        left: 'path.toUpperCase().toLowerCase()',
      },
    ],
    noticed: ['ustar.test.ts', 'refuses twins by case and by Unicode'],
  },
  {
    name: 'a name that is not in one Unicode form',
    guards: [{ file: paths, text: "if (path.normalize('NFC') !== path)", left: "if (path === 'u')" }],
    noticed: ['ustar.test.ts', 'refuses to write what it would not read'],
  },
  {
    name: 'truncation',
    guards: [{ file: archive, text: 'if (rest < 2 * block) throw', left: 'if (rest < 0) throw' }],
    noticed: ['ustar.test.ts', 'refuses truncation at every length'],
  },
  {
    name: 'appended data',
    guards: [
      {
        file: archive,
        text: 'if (rest > 2 * block || !isZero(archive.subarray(at))) throw',
        left: 'if (rest < 0) throw',
      },
    ],
    noticed: ['ustar.test.ts', 'refuses appended data'],
  },
  {
    name: 'bombs: too much in an archive',
    guards: [
      { file: archive, text: 'if (archive.length > limits.archive) throw', left: 'if (archive.length < 0) throw' },
    ],
    noticed: ['ustar.test.ts', 'holds to its limits'],
  },
  {
    name: 'bombs: too much in a folder',
    guards: [
      { file: 'src/evidence/contents.ts', text: 'if (files.length > limits.files ||', left: 'if (total < 0 &&' },
    ],
    noticed: ['tampering.test.ts', 'refuses bombs before reading them'],
  },
  {
    name: 'a changed member',
    guards: [{ file: 'src/evidence/contents.ts', text: ' || !sameDigests(digestsOf(member), entry)', left: '' }],
    noticed: ['tampering.test.ts', 'refuses a changed file of the same length'],
  },
  {
    name: 'a stripped attestation',
    guards: [
      {
        file: 'src/evidence/verify.ts',
        text: 'if (bytes === undefined && policy === undefined) {',
        left: 'if (bytes === undefined) {',
      },
    ],
    noticed: ['tampering.test.ts', 'refuses a stripped attestation'],
  },
  {
    name: 'a swapped attestation',
    guards: [
      {
        file: 'src/evidence/contents.ts',
        text: '!sameDigests(signed.digest, own)',
        left: 'signed.digest === undefined',
      },
    ],
    noticed: ['tampering.test.ts', 'refuses the attestation of another bundle'],
  },
  {
    name: 'a swapped verdict',
    guards: [
      {
        file: 'src/evidence/verify.ts',
        text: 'if (sha256(envelope.payload) !== promised)',
        left: "if (promised === '')",
      },
      { file: 'src/evidence/verify.ts', text: 'if (verdict.manifest !== identity)', left: "if (identity === '')" },
    ],
    noticed: ['verdict.test.ts', 'cannot be exchanged for that of another bundle'],
  },
  {
    name: 'another key under a pinned name',
    guards: [
      {
        file: 'src/evidence/threshold.ts',
        text: '} else if (key === undefined || key.keyid !== keyid) {',
        left: '} else if (key === undefined) {',
      },
    ],
    noticed: ['trust.test.ts', 'refuses the signature of another pinned key under the name of this one'],
  },
  {
    name: 'a key nobody pinned',
    guards: [
      { file: 'src/evidence/threshold.ts', text: 'if (signedBy.length < threshold) {', left: 'if (threshold < 0) {' },
    ],
    noticed: ['trust.test.ts', 'refuses a bundle sealed with another key'],
  },
  {
    name: 'algorithm downgrade: a weaker hash',
    guards: [
      {
        file: 'src/evidence/algorithm.ts',
        text: 'return verifyWith(hashes[algorithm], data, how(key, algorithm), signature);',
        left: "return ['sha1', hashes[algorithm], 'sha256'].some((hash) => verifyWith(hash, data, how(key, algorithm), signature));",
      },
    ],
    noticed: ['trust.test.ts', 'refuses a weaker hash than the policy fixes for the key'],
  },
  {
    name: 'algorithm downgrade: that of another kind of key',
    guards: [
      {
        file: 'src/evidence/algorithm.ts',
        text: 'if (!algorithmsOf(key).includes(algorithm)) return false;',
        left: '',
      },
    ],
    noticed: ['key.test.ts', 'does not verify by the algorithm of another curve'],
  },
  {
    name: 'replay of an older bundle',
    guards: [{ file: freshness, text: 'if (sequence < head.sequence) {', left: 'if (sequence < 0) {' }],
    noticed: ['freshness.test.ts', 'refuses an older bundle, another of the same number'],
  },
  {
    name: 'a clock set back',
    guards: [{ file: freshness, text: 'time < Date.parse(state.clock) - skew', left: 'time < 0' }],
    noticed: ['freshness.test.ts', 'refuses a clock that was set back'],
  },
  {
    name: 'between gate and deployment: another file',
    guards: [
      { file: inHand, text: 'return sameDigests(named.digest, digestsOf(bytes)) ?', left: 'return named.digest ?' },
    ],
    noticed: ['verify.test.ts', 'refuses an artifact that is not the one judged'],
  },
  {
    name: 'between gate and deployment: another plan, other parameters, another change set',
    guards: [
      {
        file: inHand,
        text: "if (!isShownAs(kind, 'manifest') && !held.has(`${kind} ${name}`))",
        left: "if (kind === 'plan' && held.size > 99)",
      },
    ],
    noticed: ['verdict.test.ts', 'wants all it rests on to be shown'],
  },
  {
    name: 'between gate and deployment: what the gate did not pass',
    guards: [{ file: inHand, text: "if (verdict.result !== 'PASSED')", left: 'if (verdict.subjects.length > 1e9)' }],
    noticed: ['verdict.test.ts', 'lets nothing through that failed, though every signature holds'],
  },
  {
    name: 'between gate and deployment: another template nested in the one that is shown',
    guards: [{ file: inHand, text: '.filter((part) => !shown.has(part))', left: '.filter((part) => part === name)' }],
    noticed: ['verdict.test.ts', 'wants the templates nested in a template with it'],
  },
  {
    name: 'between gate and deployment: a template that is sent elsewhere',
    guards: [
      {
        file: inHand,
        text: 'shown.has(name) && assembly !== undefined && !shown.has(assembly)',
        left: 'shown.has(name) && assembly !== undefined && assembly === name',
      },
    ],
    noticed: ['verdict.test.ts', 'wants the assembly that says where a template goes'],
  },
  {
    name: 'a verdict of another system in a bundle of one the keys may speak for',
    guards: [
      {
        file: 'src/evidence/verify.ts',
        text: 'system?.id === systemId && system.environment === environment',
        left: 'systemId !== environment',
      },
    ],
    noticed: ['verdict.test.ts', 'speaks of what its bundle speaks of'],
  },
  {
    name: 'a verdict against less than the policy wants',
    guards: [
      {
        file: 'src/evidence/verdict.ts',
        text: 'policy?.baselines?.includes(baseline) === false',
        left: 'policy?.baselines?.length === 0',
      },
    ],
    noticed: ['verdict.test.ts', 'is against a baseline the policy accepts'],
  },
  {
    name: 'between gate and deployment: other files published with a template',
    guards: [{ file: inHand, text: '.filter((each) => !shown.has(each))', left: '.filter((each) => each === name)' }],
    noticed: ['verdict.test.ts', 'wants what names the files that are published with a template'],
  },
  {
    name: 'between gate and deployment: a file to be published that is taken away',
    guards: [{ file: inHand, text: '.filter((each) => !held.has(each))', left: '.filter((each) => each === name)' }],
    noticed: ['verdict.test.ts', 'wants what is published, byte for byte'],
  },
  {
    name: 'between gate and deployment: other content of what is published',
    guards: [
      {
        file: inHand,
        text: 'sameDigests(named.digest, digestsOf(bytes)) ?',
        left: "kind === 'content' || sameDigests(named.digest, digestsOf(bytes)) ?",
      },
    ],
    noticed: ['verdict.test.ts', 'wants what is published, byte for byte'],
  },
  {
    name: 'between gate and deployment: a nested template by itself',
    guards: [{ file: inHand, text: 'if (first === undefined ||', left: 'if (first !== undefined ||' }],
    noticed: ['verdict.test.ts', 'wants the templates nested in a template with it'],
  },
  {
    name: 'a revocation that revokes nothing',
    guards: [{ file: 'src/evidence/trust-policy.ts', text: 'if (!ids.has(keyid))', left: 'if (ids.size > 1e9)' }],
    noticed: ['trust-policy.test.ts', 'refuses a revocation of a key that is not pinned'],
  },
  {
    name: 'a subject whose name reads as another',
    guards: [{ file: 'src/evidence/statement.ts', text: '\\p{Cf}', left: '' }],
    noticed: ['statement.test.ts', 'refuses a subject that turns a line around'],
  },
];
