import { Args, Flags, RampartCommand } from '../../cli.js';
import { keyFlags } from '../../key-flags.js';

/** One signature more on a bundle that was sealed by somebody else. */
export default class Sign extends RampartCommand {
  static override summary = 'Add a signature to a bundle.';
  static override description =
    `For a trust policy that wants several keys or roles: the pipeline seals, the assessor and the system's owner sign what they have
read. Every statement of the bundle gets the signature; nothing else changes, and neither does the bundle's digest.`;
  static override usage = '<%= command.id %> BUNDLE (--key FILE | --kms KEY) [FLAGS]';
  static override examples = [
    '<%= config.bin %> <%= command.id %> chat.evb.tar --key assessor.key.pem --trust rampart.trust.json',
    '<%= config.bin %> <%= command.id %> chat.evb.tar --kms alias/assessor --out chat.signed.evb.tar',
  ];
  static override args = { bundle: Args.string({ description: 'Archive or folder.', required: true }) };
  static override flags = {
    ...keyFlags,
    system: Flags.string({
      char: 's',
      description: 'System file whose boundary holds the key of KMS.',
      default: 'rampart.yaml',
    }),
    trust: Flags.string({
      char: 't',
      description: 'Trust policy: a key it does not pin, or no longer trusts, is not signed with.',
    }),
    out: Flags.string({ char: 'o', description: 'Archive to write instead of adding to this one.' }),
    force: Flags.boolean({ description: 'Replace an archive that exists.', dependsOn: ['out'] }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Sign);
    const { signEvidence } = await import('../../session/sign-evidence.js');
    const { identity, keyid, written } = await signEvidence(args.bundle, flags);
    const { exposedKey } = await import('../../session/exposed-key.js');
    for (const note of await exposedKey(flags.key)) this.note(note);
    this.note(`Wrote ${written.join(', ')}, signed by sha256:${keyid}.`);
    this.data(identity);
  }
}
