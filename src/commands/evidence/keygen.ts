import * as Flags from '@oclif/core/flags';
import { RampartCommand } from '../../cli.js';

/** A signing key pair and a first trust policy. */
export default class Keygen extends RampartCommand {
  static override summary = 'Make a signing key and a trust policy that pins it.';
  static override description =
    `Writes <name>.key.pem (keep it secret), <name>.pub.pem and <name>.trust.json. Give the trust policy to whoever verifies
bundles by another way than the bundles themselves. The passphrase is read from RAMPART_KEY_PASSPHRASE; without one the key is
written unencrypted, readable by you only.`;
  static override examples = ['<%= config.bin %> <%= command.id %> --out keys/ --name pipeline'];
  static override flags = {
    out: Flags.string({ char: 'o', description: 'Folder to write to.', default: '.' }),
    name: Flags.string({ description: 'Name of the files.', default: 'rampart' }),
    algorithm: Flags.string({
      description: 'Signature algorithm.',
      options: ['ecdsa-p256-sha256', 'ecdsa-p384-sha384'],
      default: 'ecdsa-p256-sha256',
    }),
    'valid-days': Flags.integer({ description: 'Days the key is trusted from now on.', default: 365, min: 1 }),
    'max-age': Flags.string({ description: 'Oldest evidence the policy accepts, such as P30D.', default: 'P30D' }),
    force: Flags.boolean({ description: 'Replace files that exist.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Keygen);
    const [{ draftTrustPolicy, generateKey }, { now }, { writeWhole }] = await Promise.all([
      import('#evidence/index.js'),
      import('#io/clock.js'),
      import('#io/write-whole.js'),
    ]);
    const passphrase = process.env.RAMPART_KEY_PASSPHRASE;
    const pair = generateKey(flags.algorithm as 'ecdsa-p256-sha256', passphrase);
    const start = now();
    const policy = draftTrustPolicy({
      publicKeyPems: [pair.publicKeyPem],
      notBefore: start.toISOString(),
      notAfter: new Date(start.getTime() + flags['valid-days'] * 86_400_000).toISOString(),
      maxAge: flags['max-age'],
    });
    const file = (ending: string, text: string, mode?: number) => ({
      path: `${flags.name}.${ending}`,
      bytes: Buffer.from(text),
      ...(mode === undefined ? {} : { mode }),
    });
    const files = [
      file('key.pem', pair.privateKeyPem, 0o600),
      file('pub.pem', pair.publicKeyPem),
      file('trust.json', policy),
    ];
    const written = await writeWhole(files, { root: flags.out, force: flags.force });
    this.note(`Wrote ${written.join(', ')}`);
    if (passphrase === undefined) this.note('The key is not encrypted: set RAMPART_KEY_PASSPHRASE to encrypt it.');
    this.data(pair.keyid);
  }
}
