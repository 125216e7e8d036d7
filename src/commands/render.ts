import { Flags, ownBoundary, RampartCommand } from '../cli.js';

/** Plan in, gated manifests out. */
export default class Render extends RampartCommand {
  static override summary =
    'Write hardened CloudFormation, Terraform, Kubernetes objects or ARM for every endpoint of the system.';
  static override description =
    `CloudFormation: one stack per endpoint and a runbook for what no template can set, judged with Rampart's own gate and written
only when nothing fails and nothing is unknown. Kubernetes: the namespace and the workload of endpoints that run on a cluster,
judged in the same way; the cluster itself is CloudFormation or Terraform. Terraform: one root module per endpoint, in a folder of its name. The gate
judges Terraform by its plan, which needs the provider and the account, so a module is not judged before it is written: give the plan of it
to rampart check, as the runbook beside it says. ARM: one template for each Azure OpenAI endpoint, judged before it is written. All files are written or none; existing files are kept unless --force is given.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> --out deploy/',
    '<%= config.bin %> <%= command.id %> --target terraform --out deploy/',
    '<%= config.bin %> <%= command.id %> --target kubernetes --out deploy/',
    '<%= config.bin %> <%= command.id %> --explain',
    '<%= config.bin %> <%= command.id %> --system staging.yaml --out deploy/ --force',
  ];
  static override flags = {
    boundary: ownBoundary,
    system: Flags.string({ char: 's', description: 'System file.', default: 'rampart.yaml' }),
    target: Flags.string({
      char: 't',
      description:
        'Language to write; CloudFormation, or that of the cloud of the boundary: arm for Azure, terraform for Google.',
      options: [
        'arm',
        'cloudformation',
        'kubernetes',
        'terraform',
        'cfn-guard',
        'config-conformance-pack',
        'scp',
        'validating-admission-policy',
      ],
    }),
    out: Flags.string({ char: 'o', description: 'Folder to write to.', exclusive: ['explain'] }),
    force: Flags.boolean({ description: 'Replace files that exist.', dependsOn: ['out'] }),
    block: Flags.string({
      description:
        'A block of your own in place of a shipped one, gated like all else; blocks are under templates/blocks.',
      helpValue: 'key=own/key.hbs',
      multiple: true,
    }),
    explain: Flags.boolean({
      description: 'Print the files with the requirements and controls each line serves; write nothing.',
    }),
    json: Flags.boolean({ description: 'Print the files, their digests and their trace as JSON.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Render);
    const { renderSystem } = await import('../session/render-target.js');
    const { artifacts, result, left, notes, baseline, base } = await renderSystem(
      flags.target,
      flags.system,
      flags.boundary,
      {
        version: this.config.version,
        blocks: flags.block,
        traced: flags.json || flags.explain,
      },
    );
    if (flags.out !== undefined) {
      const { writeWhole } = await import('#io/write-whole.js');
      const files = artifacts.map(({ path, text }) => ({ path, bytes: Buffer.from(text) }));
      const written = await writeWhole(files, { root: flags.out, force: flags.force });
      this.note(`Wrote ${written.join(', ')}`);
      if (result) this.note(`The gate passed ${result.findings.length} judgements against ${result.baseline}.`);
    }
    for (const note of notes) this.note(note);
    if (flags.json) this.data(JSON.stringify({ baseline, artifacts, ...(left ? { left } : {}) }, null, 2));
    else if (flags.explain) {
      const [{ explained }, { leftOver }] = await Promise.all([
        import('../session/render.js'),
        import('../session/guardrails.js'),
      ]);
      this.data([...artifacts.map((artifact) => explained(artifact, base)), leftOver(left ?? [])].join('\n').trimEnd());
    } else if (flags.out === undefined) this.data(artifacts.map(({ path, text }) => `# ${path}\n${text}`).join('\n'));
  }
}
