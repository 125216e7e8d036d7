import { Args, Flags, RampartCommand } from '../../cli.js';
import { deploymentFlags } from '../../key-flags.js';

/** Says how far a bundle can be trusted; offline, in memory. */
export default class Verify extends RampartCommand {
  static override summary = 'Verify a bundle, or a verdict by itself, offline.';
  static override description =
    `Checks, in this order and in memory: the archive, the envelope, the signature against the keys the trust policy pins, the
statement, timestamps of the signatures, the exact set of files and all digests, the schemas, freshness, the gate's verdict, and that what is in hand is what was
judged. As the last step before a deployment, --for with --parameters, --plan and --change-set fails on any byte that is not as the
gate passed it, and when the verdict rests on something that is not shown: a template is shown with those nested in it, and a stack of
the CDK with the manifest.json that says where it goes and the assets.json that names what is published with it, of which every file is
looked at too. Manifests that are deployed by themselves need nothing beside them; what was
judged beside them is named. A folder stands for every manifest in it, so that one nobody judged fails.

verified: signed by a pinned key. intact: the digests hold, nobody trusted vouches for it (no --trust given). Exit 5 when not
trusted, and when only intact unless --allow-intact is given.

--rebuild needs the version that made the bundle. Where it cannot judge again (parameters, plans and Secrets are not in a bundle), it
says whose word a finding is, and passes; with --strict that is not trusted, and --judged-with takes the files that settle it.`;
  static override usage = [
    '<%= command.id %> BUNDLE [--trust FILE] [FLAGS]',
    '<%= command.id %> BUNDLE --trust FILE --for FILE... [--parameters FILE] [--plan FILE] [--change-set FILE]',
    '<%= command.id %> BUNDLE [--trust FILE] --rebuild [--strict] [--judged-with FILE...]',
  ];
  static override examples = [
    '<%= config.bin %> <%= command.id %> chat.evb.tar --trust rampart.trust.json',
    '<%= config.bin %> <%= command.id %> chat.evb.tar --trust rampart.trust.json --for deploy/chat.template.yaml',
    '<%= config.bin %> <%= command.id %> chat.evb.tar --trust rampart.trust.json --rebuild --judged-with parameters.json',
    '<%= config.bin %> <%= command.id %> chat.evb.tar --trust rampart.trust.json --rebuild --strict --judged-with plan.json',
    '<%= config.bin %> <%= command.id %> verdict.dsse.json --trust rampart.trust.json --for plan.json --plan tfplan',
  ];
  static override args = {
    bundle: Args.string({ description: 'Archive, folder, or what rampart check --attest wrote.', required: true }),
  };
  static override flags = {
    trust: Flags.string({ char: 't', description: 'Trust policy file.' }),
    for: Flags.string({
      description:
        'File about to be deployed, or folder of such: the gate must have passed exactly these. May be given again.',
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
        'File that was judged and no bundle holds, or only without what is secret: the parameters, a plan, a manifest with a Secret. --rebuild judges with it. May be given again.',
      dependsOn: ['rebuild'],
      multiple: true,
      multipleNonGreedy: true,
    }),
    strict: Flags.boolean({
      description: 'With --rebuild: refuse a bundle of which anything could not be judged again.',
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
      const { level, identity, signedBy, timestamps, checks, problems, notes, verdict, judgedAgain } = verification;
      const said = { level, identity, signedBy, timestamps, verdict: verdict?.result, checks, problems, notes };
      this.data(JSON.stringify({ ...said, judgedAgain }, null, 2));
    } else {
      const { verificationText } = await import('#report/verification.js');
      this.data(verificationText(verification));
    }
    if (verification.level === 'not-trusted') this.ends('untrusted');
    if (verification.level === 'intact' && !flags['allow-intact']) this.ends('untrusted');
  }
}
