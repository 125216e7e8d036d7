import { Args, Flags, RampartCommand } from '../../cli.js';
import { deploymentFlags } from '../../key-flags.js';

/** Says how far a bundle can be trusted; offline, in memory. */
export default class Verify extends RampartCommand {
  static override summary = 'Verify a bundle, or a verdict by itself, offline.';
  static override description =
    `Checks, in this order and in memory: the archive, the envelope, the signature against the keys the trust policy pins, the
statement, timestamps of the signatures, the exact set of files and all digests, the schemas, freshness, the gate's verdict, and that what is in hand is what was
judged. As the last step before a deployment, --for with --parameters, --plan and --change-set fails on any byte that is not as the
gate passed it, and when the verdict rests on something that is not shown: a template is shown with those nested in it. Manifests that
are deployed by themselves need nothing beside them; what was judged beside them is named.

verified: signed by a pinned key. intact: the digests hold, nobody trusted vouches for it (no --trust given). Exit 5 when not
trusted, and when only intact unless --allow-intact is given.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> chat.evb.tar --trust rampart.trust.json',
    '<%= config.bin %> <%= command.id %> chat.evb.tar --trust rampart.trust.json --for deploy/chat.template.yaml',
    '<%= config.bin %> <%= command.id %> chat.evb.tar --trust rampart.trust.json --rebuild --judged-with parameters.json',
    '<%= config.bin %> <%= command.id %> verdict.dsse.json --trust rampart.trust.json --for plan.json --plan tfplan',
  ];
  static override args = {
    bundle: Args.string({ description: 'Archive, folder, or what rampart check --attest wrote.', required: true }),
  };
  static override flags = {
    trust: Flags.string({ char: 't', description: 'Trust policy file.' }),
    for: Flags.string({
      description: 'File about to be deployed: the gate must have passed exactly this one. May be given again.',
      multiple: true,
      multipleNonGreedy: true,
    }),
    ...deploymentFlags,
    state: Flags.string({ description: 'File that remembers the newest bundle seen, against replay.' }),
    rebuild: Flags.boolean({
      description:
        'Make every derived document again from the facts of the bundle, judge its manifests again, and hold what it says against that.',
    }),
    'judged-with': Flags.string({
      description:
        'File of parameters the manifests were judged with: no bundle holds it, and --rebuild cannot judge without.',
      dependsOn: ['rebuild'],
    }),
    'allow-intact': Flags.boolean({
      description: 'Exit 0 when the digests hold and no trust policy was given.',
      exclusive: ['trust'],
    }),
    json: Flags.boolean({ description: 'Print the checks as JSON.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Verify);
    const { verifyEvidence } = await import('../../session/verify-evidence.js');
    const verification = await verifyEvidence(args.bundle, flags, this.config.root);
    if (flags.json) {
      const { level, identity, signedBy, timestamps, checks, problems, notes, verdict } = verification;
      this.data(
        JSON.stringify(
          { level, identity, signedBy, timestamps, verdict: verdict?.result, checks, problems, notes },
          null,
          2,
        ),
      );
    } else {
      const { verificationText } = await import('#report/verification.js');
      this.data(verificationText(verification));
    }
    if (verification.level === 'not-trusted') this.ends('untrusted');
    if (verification.level === 'intact' && !flags['allow-intact']) this.ends('untrusted');
  }
}
