import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { RampartCommand } from '../../cli.js';

/** Says how far a bundle can be trusted; offline, in memory. */
export default class Verify extends RampartCommand {
  static override summary = 'Verify a bundle offline.';
  static override description =
    `Checks, in this order and in memory: the archive, the envelope, the signature against the keys the trust policy pins, the
statement, the exact set of files and all digests, the schemas, freshness, and that a file in hand is the one that was judged.

verified: signed by a pinned key. intact: the digests hold, nobody trusted vouches for it (no --trust given). Exit 5 when not
trusted, and when only intact unless --allow-intact is given.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> chat.evb.tar --trust rampart.trust.json',
    '<%= config.bin %> <%= command.id %> chat.evb.tar --trust rampart.trust.json --for deploy/chat.template.yaml',
  ];
  static override args = { bundle: Args.string({ description: 'Archive or folder.', required: true }) };
  static override flags = {
    trust: Flags.string({ char: 't', description: 'Trust policy file.' }),
    for: Flags.string({ description: 'File about to be deployed; must be one the bundle was made for.' }),
    state: Flags.string({ description: 'File that remembers the newest bundle seen, against replay.' }),
    'allow-intact': Flags.boolean({
      description: 'Exit 0 when the digests hold and no trust policy was given.',
      exclusive: ['trust'],
    }),
    json: Flags.boolean({ description: 'Print the checks as JSON.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Verify);
    const { verifyEvidence } = await import('../../session/verify-evidence.js');
    const verification = await verifyEvidence(args.bundle, flags);
    if (flags.json) {
      const { level, identity, signedBy, checks, problems, notes } = verification;
      this.data(JSON.stringify({ level, identity, signedBy, checks, problems, notes }, null, 2));
    } else {
      const { verificationText } = await import('#report/verification.js');
      this.data(verificationText(verification));
    }
    if (verification.level === 'not-trusted') this.ends('untrusted');
    if (verification.level === 'intact' && !flags['allow-intact']) this.ends('untrusted');
  }
}
