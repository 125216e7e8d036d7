import { Args, Flags, ownControls, ownRequirements, RampartCommand } from '../../cli.js';
import type { Pinning } from '../../session/waiver-add.js';

/** One more accepted deviation. */
export default class Add extends RampartCommand {
  static override summary = 'Accept a deviation for a time: add a waiver to rampart-waivers.yaml.';
  static override usage = [
    '<%= command.id %> REQUIREMENT --resource ADDRESS --owner NAME --approver NAME --reason TEXT --expires YYYY-MM-DD --ticket POAM-42 [FLAGS]',
  ];
  static override description =
    `Asks for what no flag says; where nobody can be asked, what is missing is an error that names its flag. Every waiver needs a requirement,
a resource, an owner, an approver, a reason, a last day and a ticket. The file keeps its comments and layout. A waiver stays in every output and ends on a day: 30 days after its approval for a requirement of critical severity,
90 for high, 180 for medium, 365 for low, or sooner.

A waiver is for whatever the requirement finds wrong with the resource until it ends. With --pin it is for what is found in the manifests given there: what stands in another place, or gets worse, is not waived, and the gate says that the waiver was approved for another value.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> log-group-retention --resource BuildLogs --file deploy/logs.yaml --owner "Platform team" --approver "M. Reyes, ISSO" --reason "Build logs hold no audit records" --expires 2027-03-31 --ticket POAM-42',
    '<%= config.bin %> <%= command.id %> log-group-retention --resource ServiceLogs --pin deploy/ --owner "Platform team" --approver "M. Reyes, ISSO" --reason "Kept for a year until storage is budgeted" --expires 2027-03-31 --ticket POAM-44',
    '<%= config.bin %> <%= command.id %> s3-versioning --resource "Scratch*" --type AWS::S3::Bucket --owner "Platform team" --approver "M. Reyes, ISSO" --reason "Scratch data are made anew each night" --expires 2027-03-31 --ticket POAM-43',
  ];
  static override args = { requirement: Args.string({ description: 'Requirement that is not met.' }) };
  static override flags = {
    resource: Flags.string({
      description: 'Resource address as findings print it; * stands for any characters. Needed.',
    }),
    type: Flags.string({ description: 'Resource type.', helpValue: 'AWS::S3::Bucket' }),
    file: Flags.string({ description: 'File the resource is in; * stands for any characters.' }),
    owner: Flags.string({ description: 'Who must put it right. Needed.' }),
    approver: Flags.string({ description: 'Who accepted the risk; not the owner. Needed.' }),
    approved: Flags.string({ description: 'Day it was accepted; today when not given.', helpValue: 'YYYY-MM-DD' }),
    reason: Flags.string({ description: 'Why it is acceptable until then. Needed.' }),
    expires: Flags.string({ description: 'Last day the waiver holds. Needed.', helpValue: 'YYYY-MM-DD' }),
    ticket: Flags.string({ description: 'Where the work is tracked. Needed.', helpValue: 'POAM-42' }),
    pin: Flags.string({
      description: 'Manifests as they are now: the waiver holds for what is found in them, and for nothing worse.',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'deploy/',
    }),
    system: Flags.string({ char: 's', description: 'With --pin: system file; rampart.yaml when there is one.' }),
    baseline: Flags.string({ char: 'b', description: 'With --pin: baseline to judge against without a system file.' }),
    parameters: Flags.string({ char: 'p', description: 'With --pin: parameter values.', helpValue: 'parameters.json' }),
    waivers: Flags.string({ description: 'File to add it to.', default: 'rampart-waivers.yaml' }),
    controls: ownControls,
    requirements: ownRequirements,
    json: Flags.boolean({ description: 'Print the waiver as JSON.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Add);
    const { waivers, controls, requirements, json, pin, system, baseline, parameters, ...said } = flags;
    const [{ addWaiver }, { loadBase }] = await Promise.all([
      import('../../session/waiver-add.js'),
      import('../../session/load.js'),
    ]);
    const base = await loadBase(controls, requirements);
    const judging = { system, baseline, parameters, controls, requirements };
    const { pinsOf } = await import('../../session/waiver-pin.js');
    const pinning: Pinning | undefined = pin && ((each) => pinsOf(each, pin, judging, this.config.version));
    const { waiver, file } = await addWaiver({ ...said, requirement: args.requirement }, { waivers }, base, pinning);
    this.note(`Added to ${file}: ${waiver.requirement} on ${waiver.resource} until ${waiver.expires}.`);
    if (json) this.data(JSON.stringify(waiver, null, 2));
  }
}
