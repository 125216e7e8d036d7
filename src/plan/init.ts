import { highWaterMark, type Impact } from '#model/baseline.js';
import { homeOf, regionOfKind } from './answer-faults.js';
import { starterEks } from './eks-questions.js';
import { type Answers, first, list } from './question.js';

/** Plain where YAML reads it back as the same text, in double quotes otherwise (JSON strings are YAML). */
const scalar = (value: string): string =>
  /^[A-Za-z][A-Za-z0-9 ()@/._-]*[A-Za-z0-9)]$/.test(value) && !/^(true|false|null|yes|no|on|off)$/i.test(value)
    ? value
    : JSON.stringify(value);

/**
 * The first `rampart.yaml` of a system, as text with comments. `answers` must be complete (`completeAnswers`); `schema` is the path
 * or address of the JSON Schema that editors shall use.
 */
export function starterSystem(answers: Answers, schema: string): string {
  const said = (name: string) => scalar(first(answers[name]));
  const mark = highWaterMark(
    ['confidentiality', 'integrity', 'availability'].map((name) => first(answers[name]) as Impact),
  );
  return `# yaml-language-server: $schema=${schema}
# What you run, for Rampart. Next: rampart plan

name: ${said('name')}
# Used in file names, OSCAL and evidence: do not change it later.
id: ${said('id')}
owner:
  organization: ${said('organization')}
  contact: ${said('contact')}

# FIPS 199 categorization; the highest of the three (here ${mark}) is the least the baseline must be for.
impact:
  confidentiality: ${said('confidentiality')}
  integrity: ${said('integrity')}
  availability: ${said('availability')}
baseline: fedramp-rev5-${mark}

# Where data may be. Everything a plan, a template or a check names must lie inside.
boundary:
  partition: ${homeOf(answers)}
  regions: [${list(answers.region).map(scalar).join(', ')}]
${account(first(answers.account))}
${network(answers)}
endpoints:
${list(answers.endpoint)
  .map((kind) => endpoint(kind, answers))
  .join('\n')}
# What only you know of the model behind an endpoint, for assessors, under that endpoint. Rampart's dated data fill in what they
# know of it, rampart plan counts what is missing, and evidence names it. Editors show all fields.
#    record:
#      intendedUse: [<what the system uses it for>]
#      forbiddenUse: [<what it must not be used for>]
#      retention: {mode: <data-retention mode>, seen: <YYYY-MM-DD>}
#      highImpact: {determination: not-high-impact, by: <who>, date: <YYYY-MM-DD>, reason: <why>}

# Your own values, tighter than the plan's only. rampart plan lists the settings.
# settings:
#   logging.retention-days: 731

# What the system needs and somebody else provides, such as the trail of an organization. It is not called missing then, and no pass.
# inherited:
#   - requirement: <requirement id>
#     from: <who provides it>
#     reference: <where that can be read>
#     seen: <YYYY-MM-DD>

# Accepted deviations: who accepted what, why, and until which day.
# waivers:
#   - requirement: <requirement id>
#     resource: <address, as findings print it>
#     owner: <who puts it right>
#     approver: <who accepted the risk>
#     approved: <YYYY-MM-DD>
#     reason: <why that is acceptable until then>
#     expires: <YYYY-MM-DD>
#     ticket: <POA&M or issue>
`;
}

/** Only AWS has accounts; the subscription or project is chosen when the system is deployed. */
const account = (said: string): string =>
  said === ''
    ? ''
    : `  # 12 digits in quotes, or env:NAME so that this file need not hold it.
  account: ${said.startsWith('env:') ? said : JSON.stringify(said)}
`;

function network(answers: Answers): string {
  const cidr = first(answers.cidr);
  if (first(answers.network) === 'create') {
    return `# A VPC without a route to the internet is created. To use your own: existing: {vpc, cidr, subnets}
network:
  create:
    cidr: ${cidr}
`;
  }
  return `# An existing VPC: its routes and flow logs stay the business of whoever runs it.
network:
  existing:
    vpc: ${first(answers.vpc)}
    cidr: ${cidr}
    subnets:
${list(answers.subnet)
  .map((subnet) => `      - ${subnet}\n`)
  .join('')}`;
}

function endpoint(kind: string, answers: Answers): string {
  const where = regionOfKind(kind, answers);
  const head = `  - kind: ${kind}\n    name: ${kind}\n    region: ${where}\n`;
  if (kind === 'bedrock')
    return `${head}    # Raw model ids stay in the region; us-gov. profiles need both regions in the boundary.\n    model: ${first(answers.model)}\n`;
  if (kind === 'bedrock-mantle')
    return `${head}    # This plane keeps no invocation log and has no guardrail: rampart plan says what follows.\n    model: ${first(answers['mantle-model'])}\n`;
  if (kind === 'eks-vllm') return starterEks(head, answers);
  if (kind === 'azure-openai')
    return `${head}    model: ${first(answers['azure-model'])}
    # The version that was tested; Azure is told to keep it.
    version: ${JSON.stringify(first(answers['model-version']))}
    # Processed in the region of the account. Data zone deployments may answer from another one, which the boundary then has to hold.
    throughput: Standard
    capacity: ${first(answers.capacity)}
`;
  if (kind === 'vertex-ai')
    return `${head}    model: ${first(answers['served-model'])}
    # Control package of the Assured Workloads folder. One is made; to use yours: folder: "<its number>"
    regime: ${first(answers.regime)}
`;
  const inference = first(answers.inference) === 'async' ? '    inference: async\n' : '';
  return `${head}${inference}    model: ${first(answers['served-model'])}
    # Pinned by digest: a tag can be moved.
    image: ${first(answers.image)}
    artifact: ${JSON.stringify(first(answers.artifact))}
    instanceType: ${first(answers['instance-type'])}
    instances: ${first(answers.instances)}
`;
}
