import { Flags, ownBoundary, RampartCommand } from '../cli.js';

/** The live account, held against the same requirements. */
export default class Probe extends RampartCommand {
  static override summary =
    'Look at the live account: who is calling, in what state the keys are, and what is deployed.';
  static override description =
    `Calls STS and KMS over FIPS endpoints with the default credentials, in regions of the boundary, and judges the answers by the
requirements the gate uses. What is denied or cannot be reached is unknown, never a pass. Keys are those the system's own
templates create, by their aliases, unless --key, --template or --all-keys says otherwise.

With --stack or --change-set it also says whether the template and the parameters that live there are those that were gated
(--gated: files, folders, or an evidence bundle with --trust; the system's own templates by default). With --deep each resource of
the stacks that a requirement speaks of is read through Cloud Control and judged as the gate judges it in a template.`;
  static override usage = [
    '<%= command.id %> [--key KEY... | --template FILE... | --all-keys] [--region REGION...] [FLAGS]',
    '<%= command.id %> --stack STACK... [--gated FILE...] [--deep] [FLAGS]',
    '<%= command.id %> --permissions',
  ];
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --key alias/rampart-casework-chat',
    '<%= config.bin %> <%= command.id %> --stack chat --gated chat.evb.tar --trust rampart.trust.json --deep',
    '<%= config.bin %> <%= command.id %> --permissions > probe-policy.json',
    '<%= config.bin %> <%= command.id %> --json > probe.json',
  ];
  static override flags = {
    boundary: ownBoundary,
    system: Flags.string({ char: 's', description: 'System file.', default: 'rampart.yaml' }),
    key: Flags.string({
      char: 'k',
      description: 'KMS key id, alias or ARN; may be given several times.',
      multiple: true,
      default: [],
      exclusive: ['template', 'all-keys'],
    }),
    template: Flags.string({
      char: 't',
      description: 'Template whose key aliases are looked at; may be given several times.',
      multiple: true,
      default: [],
      exclusive: ['all-keys'],
    }),
    'all-keys': Flags.boolean({ description: 'Look at every customer key that an alias of the region points to.' }),
    region: Flags.string({
      description:
        'Region of the boundary to look at; may be given several times. By default those of the endpoints, all with --all-keys.',
      multiple: true,
      default: [],
    }),
    stack: Flags.string({
      description: 'Name or ARN of a CloudFormation stack to compare; may be given several times.',
      multiple: true,
      default: [],
    }),
    'change-set': Flags.string({
      description: 'ARN of a change set to compare before it is executed; may be given several times.',
      multiple: true,
      default: [],
    }),
    gated: Flags.string({
      description: 'Template, folder or evidence bundle (.evb.tar) that was gated; may be given several times.',
      multiple: true,
      default: [],
    }),
    trust: Flags.string({ description: 'Trust policy (JSON) of the bundle.' }),
    parameters: Flags.string({ description: 'Values the gate was given for parameters, to compare.' }),
    deep: Flags.boolean({ description: 'Read the resources of the stacks too.' }),
    waivers: Flags.string({ description: 'File of waivers; rampart-waivers.yaml when there is one.' }),
    permissions: Flags.boolean({
      description: 'Print the IAM policy for exactly these calls instead of making them.',
      exclusive: ['json', 'all'],
    }),
    json: Flags.boolean({ description: 'Print observations and findings as JSON, for rampart evidence create.' }),
    all: Flags.boolean({ char: 'a', description: 'Show passes too.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Probe);
    const [{ loadBase, loadPlan }, { keysWanted }, { withStacks }] = await Promise.all([
      import('../session/load.js'),
      import('../session/probe-keys.js'),
      import('../session/stacks-wanted.js'),
    ]);
    const { plan, base } = await loadPlan(flags.system, await loadBase(), flags.boundary);
    const wanted = { keys: flags.key, templates: flags.template, allKeys: flags['all-keys'] };
    const regions = withStacks(await keysWanted(wanted, flags.region, plan, base), {
      stacks: flags.stack,
      changeSets: flags['change-set'],
      deep: flags.deep,
      givenFor:
        flags.deep || flags.gated.length > 0 || [flags.trust, flags.parameters].some((each) => each !== undefined),
    });
    if (flags.permissions) {
      const { probePermissions } = await import('../session/probe-permissions.js');
      this.data(JSON.stringify(probePermissions(plan, regions), null, 2));
      this.note('sts:GetCallerIdentity needs no permission.');
      if (flags.deep) this.note(deepPermissions);
      return;
    }
    const [{ probe }, { givenWaivers }] = await Promise.all([
      import('../session/probe.js'),
      import('../session/waivers.js'),
    ]);
    const { gated, trust, parameters } = flags;
    const waivers = await givenWaivers(flags.waivers, base);
    const probed = await probe(plan, base, { regions, waivers, gated: { gated, trust, parameters } });
    const { observations, findings, problems, notes } = probed;
    for (const note of notes) this.note(note);
    if (flags.json)
      this.data(
        JSON.stringify(
          { observations, findings, ...(problems.length > 0 ? { waiverProblems: problems } : {}) },
          null,
          2,
        ),
      );
    else {
      const { probeText } = await import('#report/probe.js');
      this.data(probeText(probed, flags.all));
    }
    const { isBlocking } = await import('#model/verdict.js');
    if (problems.length > 0 || findings.some((finding) => isBlocking(finding.verdict))) this.ends('findings');
    else if (findings.length === 0) this.ends('nothingJudged');
  }
}

const deepPermissions =
  'Cloud Control reads in your name: add what `aws cloudformation describe-type --type RESOURCE --type-name …` lists under handlers.read for each type of the stacks. A probe names what is missing.';
