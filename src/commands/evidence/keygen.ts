import { Flags, RampartCommand } from '../../cli.js';
import { keyFlags } from '../../key-flags.js';

/** A signing key pair and a first trust policy. */
export default class Keygen extends RampartCommand {
  static override summary = 'Make a signing key and a trust policy that pins it.';
  static override description =
    `Writes <name>.key.pem (keep it secret), <name>.pub.pem and <name>.trust.json. Give the trust policy to whoever verifies
bundles by another way than the bundles themselves. The passphrase comes from --passphrase-file, from RAMPART_KEY_PASSPHRASE or, with
--ask-passphrase, from you; without one the key is written unencrypted, readable by you only.

With --kms the key stays in AWS KMS, and only its public half and the trust policy are written.`;
  static override usage = '<%= command.id %> [--out FOLDER] [--name NAME] [FLAGS]';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --out keys/ --name pipeline --ask-passphrase',
    '<%= config.bin %> <%= command.id %> --out keys/ --name pipeline --kms alias/evidence',
  ];
  static override flags = {
    out: Flags.string({ char: 'o', description: 'Folder to write to.', default: '.' }),
    name: Flags.string({ description: 'Name of the files.', default: 'rampart' }),
    algorithm: Flags.string({
      description: 'Signature algorithm; RSA only for a key of KMS, which else decides it.',
      options: ['ecdsa-p256-sha256', 'ecdsa-p384-sha384', ...(keyFlags.algorithm.options ?? [])],
    }),
    'passphrase-file': keyFlags['passphrase-file'],
    'ask-passphrase': Flags.boolean({ description: 'Ask for a passphrase.', exclusive: ['passphrase-file', 'kms'] }),
    kms: keyFlags.kms,
    region: keyFlags.region,
    system: Flags.string({
      char: 's',
      description: 'System file whose boundary holds the key of KMS.',
      default: 'rampart.yaml',
    }),
    role: Flags.string({
      description: 'Role of the key in the trust policy: evidence, pipeline, assessor, system-owner, …',
      default: 'evidence',
    }),
    'valid-days': Flags.integer({ description: 'Days the key is trusted from now on.', default: 365, min: 1 }),
    'max-age': Flags.string({ description: 'Oldest evidence the policy accepts, such as P30D.', default: 'P30D' }),
    force: Flags.boolean({ description: 'Replace files that exist.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Keygen);
    const { makeKey } = await import('../../session/make-key.js');
    const { keyid, written, isOpen, next } = await makeKey(flags);
    if (isOpen)
      this.note(
        'No passphrase was given: the key is not encrypted, and whoever reads it can sign as you. To encrypt it, run this again with --ask-passphrase or RAMPART_KEY_PASSPHRASE, and --force.',
      );
    this.note(`Wrote ${written.join(', ')}`);
    this.note(`Next: ${next}`);
    this.note('The id of the key, by which trust policies name it:');
    this.data(keyid);
  }
}
