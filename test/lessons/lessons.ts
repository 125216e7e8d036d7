/**
 * What people who use other gates complain of, each in our own words, with the public issues it comes from and the tests
 * that answer it: `file: title of the test`, as it is spelt there.
 */
export interface Lesson {
  says: string;
  issues: readonly string[];
  tests: readonly string[];
}

const verdicts = 'test/lessons/verdicts.test.ts';
const terraform = 'test/lessons/terraform.test.ts';
const run = 'test/lessons/run.test.ts';
const waivers = 'test/lessons/waivers.test.ts';
const output = 'test/lessons/output.test.ts';
const size = 'test/lessons/size.test.ts';

/** Heading → its lessons, in the order of the list they come from. */
export const lessons: Readonly<Record<string, readonly Lesson[]>> = {
  'Wrong verdicts': [
    {
      says: 'a key that may be empty or left out passes; the text "true" fails',
      issues: [],
      tests: [
        `${verdicts}: a key that a condition can leave out does not pass`,
        `${verdicts}: a key from a parameter with an empty default does not pass`,
        `${verdicts}: an empty key does not pass`,
        `${verdicts}: the string "true" is as good as true`,
      ],
    },
    {
      says: 'an administrator of another partition passes',
      issues: [],
      tests: [`${verdicts}: AdministratorAccess fails in partition \${partition}`],
    },
    {
      says: 'where nothing applied, it looks as if all had passed',
      issues: [],
      tests: [
        `${verdicts}: a privileged model server on Kubernetes fails`,
        `${run}: where nothing applies to a manifest is exit 4 and never PASSED`,
      ],
    },
    {
      says: 'Terraform: a value known after apply fails, a module has its defaults, and the verdict turns with apply',
      issues: ['checkov#3138', 'checkov#5752', 'trivy#10926', 'terraform-validator#366'],
      tests: [
        `${terraform}: a key that is known after apply only does not fail`,
        `${terraform}: a module is judged by what it is given, not by its defaults`,
        `${terraform}: a plan and the state after it are judged alike`,
      ],
    },
    {
      says: 'exit 0 after a parse error, a crashed check or a missed threshold; misspelt thresholds; letters of flags that move',
      issues: ['checkov#5248', 'checkov#7157', 'saf#3298'],
      tests: [
        `${run}: a file that cannot be parsed is exit 3, also beside good ones`,
        `${verdicts}: a check that breaks is an error, never silence`,
        `${run}: a check that breaks blocks whatever the thresholds are`,
        `${run}: a threshold that is missed is exit 1, and one that is misspelt is exit 2`,
        `${run}: a letter of a flag means one thing for good`,
      ],
    },
    {
      says: 'a broken tool and a broken policy exit alike',
      issues: ['conftest#387'],
      tests: [`${run}: findings, wrong usage, unreadable input and nothing judged have exits of their own`],
    },
    {
      says: 'rules that are wrong themselves: a day of logs is enough, a key the API refuses, a type the API rejects',
      issues: [],
      tests: [
        `${verdicts}: retention of one day, and none at all, fail`,
        `${verdicts}: a volume key is demanded where the instance takes one, and refused where it does not`,
        `${verdicts}: a trail with the type the API rejects fails`,
      ],
    },
  ],
  Waivers: [
    {
      says: 'waivers without an end, lapsing unseen, in the code where nobody can overrule them, hitting the wrong resource, matching nothing',
      issues: [
        'checkov#6536',
        'ferret-scan#696',
        'checkov#4027',
        'cloudformation-guard#636',
        'cdk-nag#2362',
        'kubescape#3094',
      ],
      tests: [
        `${waivers}: a waiver without an end is refused`,
        `${waivers}: a waiver that has lapsed blocks, and is named in every format`,
        `${waivers}: a skip of \${tool} changes nothing`,
        `${waivers}: a waiver of one resource leaves its neighbours, and their reasons, as they were`,
        `${waivers}: a waiver that stopped matching is told of`,
        'test/scenarios/waivers.test.ts: one that no longer matches, is not needed, or ran out is a finding in every format',
        'test/scenarios/waivers.test.ts: waiver check judges them alone',
      ],
    },
  ],
  Output: [
    {
      says: 'no control ids, no line, no OSCAL, OSCAL written by hand, OSCAL that is wrong and nobody sees it',
      issues: [
        'checkov#6537',
        'cdk-nag#1144',
        'prowler#12469',
        'heimdall2#2403',
        'uds-core#797',
        'security-baseline#451',
      ],
      tests: [
        `${output}: \${format} has the controls of each finding, its file and its line`,
        `${output}: OSCAL results come of a template alone, and are valid by the schema of NIST`,
        `${output}: OSCAL that would be invalid is an error, and nobody gets it`,
      ],
    },
  ],
  'Air gap, partitions, FIPS': [
    {
      says: 'scans that need the network, partitions and regions spelt into the code, FIPS hosts guessed',
      issues: [
        'trivy#3216',
        'checkov#6755',
        'kubescape#2531',
        'prowler#536',
        'cloud-custodian#3508',
        'aws-sdk-js-v3#5907',
        'aws-cli#8750',
        'aws-sso-cli#1395',
      ],
      tests: [
        "test/scenarios/air-gap.test.ts: rampart ${args.join(' ')} opens no socket and starts no process",
        `${verdicts}: nothing in the requirements is spelt for one partition or region`,
        `${verdicts}: an ARN of another partition is no good one in GovCloud`,
        'test/io/aws/place.test.ts: is a FIPS host in GovCloud, whatever the environment asks for',
        'test/io/aws/place.test.ts: is no host of which nobody knows that it is a FIPS endpoint',
      ],
    },
  ],
  'Speed and size': [
    {
      says: 'seconds to say a version, no memory left, half a gigabyte to install',
      issues: ['checkov#6740', 'prowler#3187'],
      tests: [
        `${size}: --version takes a few times what Node takes to do nothing`,
        `${size}: a plan of 10,000 resources is judged in little memory`,
        `${size}: what is installed is small and brings nothing with it`,
      ],
    },
  ],
};
