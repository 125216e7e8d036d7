import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { Desk } from './command-line.js';

const day = (fromNow: number): string => new Date(Date.now() + fromNow * 86_400_000).toISOString().slice(0, 10);

const two = `Resources:
  Build: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1, KmsKeyId: !GetAtt K.Arn}}
  Audit: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1, KmsKeyId: !GetAtt K.Arn}}
  K: {Type: AWS::KMS::Key}
`;

interface Row {
  requirement: string;
  resource: string;
  verdict: string;
}

describe('waivers in a file', function () {
  this.timeout(120_000);
  const desk = new Desk('bedrock');
  before(() => {
    mkdirSync(desk.path('deploy'));
    desk.write('deploy/logs.yaml', two);
  });
  after(() => desk.clear());
  const judge = ['--baseline', 'fedramp-rev5-moderate', '--requirement', 'log-group-retention'];
  const check = (...more: string[]) => {
    const { exit, stdout, stderr } = desk.rampart(['check', 'deploy', ...judge, '--format', 'json', ...more]);
    assert.notEqual(stdout, '', stderr);
    return { exit, ...JSON.parse(stdout) };
  };
  const add = (resource: string, ...more: string[]) => {
    const said: Record<string, string> = {
      '--owner': 'Platform team',
      '--approver': 'M. Reyes, ISSO',
      '--reason': 'Build logs hold no: audit records',
      '--ticket': 'POAM-42',
      '--expires': day(90),
    };
    for (let at = 0; at < more.length; at += 2) said[more[at] ?? ''] = more[at + 1] ?? '';
    return desk.rampart([
      'waiver',
      'add',
      'log-group-retention',
      '--resource',
      resource,
      ...Object.entries(said).flat(),
    ]);
  };
  const verdictsOf = ({ findings }: { findings: Row[] }) =>
    Object.fromEntries(findings.map(({ resource, verdict }) => [resource, verdict]));

  it('add writes one that check keeps in sight', () => {
    assert.deepEqual(verdictsOf(check()), { Build: 'fail', Audit: 'fail' });
    const said = add('Build', '--file', 'deploy/*');
    assert.equal(said.exit, 0, said.stderr);
    assert.match(said.stderr, /Added to rampart-waivers\.yaml: log-group-retention on Build until/);
    const file = desk.read('rampart-waivers.yaml');
    const again = add('Build', '--file', 'deploy/*', '--expires', day(60));
    assert.equal(again.exit, 2, again.stderr);
    assert.ok(
      again.stderr.startsWith(
        `Error: rampart-waivers.yaml:4:5: there is a waiver of log-group-retention on Build already, until ${day(90)}\n`,
      ),
      again.stderr,
    );
    assert.match(again.stderr, /Change it there, .*RAMPART_WAIVER_EXISTS/s);
    assert.equal(desk.read('rampart-waivers.yaml'), file);
    const after = check();
    assert.equal(after.exit, 1);
    assert.deepEqual(verdictsOf(after), { Build: 'waived', Audit: 'fail' });
    assert.equal(after.waiverProblems, undefined);
    const human = desk.rampart(['check', 'deploy', ...judge]).stdout;
    assert.match(
      human,
      /waived medium {2}log-group-retention[\s\S]*by M\. Reyes, ISSO: Build logs hold no: audit records/,
    );
  });

  it('add keeps what is there, byte for byte', () => {
    const before = `# ours\nwaivers:\n    # the first\n${desk
      .read('rampart-waivers.yaml')
      .split('waivers:\n')[1]
      ?.replace(/^/gm, '  ')
      .trimEnd()}   # after it\n# the end\n`;
    desk.write('rampart-waivers.yaml', before);
    const said = add('Audit');
    assert.equal(said.exit, 0, said.stderr);
    const text = desk.read('rampart-waivers.yaml');
    assert.ok(text.startsWith(before), text);
    const after = check();
    assert.deepEqual(verdictsOf(after), { Build: 'waived', Audit: 'waived' });
    assert.equal(after.exit, 0);
    assert.equal(after.summary.waived, 2);
  });

  it('add writes nothing that would not hold', () => {
    const before = desk.read('rampart-waivers.yaml');
    const refused = (message: RegExp, ...words: string[]) => {
      const { exit, stderr } = add('Other', ...words);
      assert.equal(exit, 2, stderr);
      assert.match(stderr, message);
    };
    refused(/approved by its own owner/, '--approver', 'platform team');
    refused(/lasts 200 days .* longer than the 180/, '--expires', day(200));
    refused(/ran out/, '--expires', day(-1), '--approved', day(-3));
    const pattern = add('Log*');
    assert.match(pattern.stderr, /a pattern for resources of any type in any file/);
    assert.equal(add('Build', '--file', 'deploy/*').exit, 2, 'twice the same');
    const missing = desk.rampart(['waiver', 'add', 'log-group-retention', '--resource', 'X']);
    assert.equal(missing.exit, 2);
    assert.match(missing.stderr, /a waiver needs --owner, --approver, --reason, --expires, --ticket/);
    const both = desk.rampart(['waiver', 'add', 'log-group-retention', '--resource', 'X', '--expires', 'soon']);
    assert.match(
      both.stderr,
      /--expires "soon" is not a date .*\n.*a waiver needs --owner, --approver, --reason, --ticket/,
    );
    const unknown = desk.rampart(['waiver', 'add', 'log-group-retenton', '--resource', 'X', '--owner', 'o']);
    assert.match(unknown.stderr, /Did you mean log-group-retention\?/);
    assert.equal(desk.read('rampart-waivers.yaml'), before);
    assert.equal(add('X', '--expires', '2026-02-30').exit === 0, false);
    const odd = add('X\u001b[2J', '--waivers', 'odd.yaml');
    assert.equal(odd.exit, 2, 'the command line is wrong, not the file');
    assert.match(odd.stderr, /--resource "X\\+u001b\[2J" is not one line of text/);
    refused(/--reason .* is not one line of text of at most 1000/, '--reason', 'a\nb');
    refused(/--expires "soon" is not a date written YYYY-MM-DD/, '--expires', 'soon');
    assert.equal(existsSync(desk.path('odd.yaml')), false);
  });

  it('list tells the days left, and with a result how many findings each is for', () => {
    desk.write('result.json', desk.rampart(['check', 'deploy', ...judge, '--format', 'json']).stdout);
    const { exit, stdout } = desk.rampart(['waiver', 'list', '--result', 'result.json', '--json']);
    assert.equal(exit, 0);
    const rows = JSON.parse(stdout).waivers;
    assert.deepEqual(
      rows.map((row: { daysLeft: number; findings: number }) => [row.daysLeft, row.findings]),
      [
        [90, 1],
        [90, 1],
      ],
    );
    assert.match(desk.rampart(['waiver', 'list']).stdout, /90 days left {2}log-group-retention on Audit/);
    assert.equal(desk.rampart(['waiver', 'list', '--result', 'deploy/logs.yaml']).exit, 3);
  });

  it('one that no longer matches, is not needed, or ran out is a finding in every format', () => {
    const good = desk.read('rampart-waivers.yaml');
    desk.write(
      'deploy/logs.yaml',
      two.replace('Build:', 'Renamed:').replace(/(Audit.*)RetentionInDays: 1/, '$1RetentionInDays: 3650'),
    );
    const { exit, waiverProblems, gate } = check();
    assert.equal(exit, 1);
    assert.deepEqual(
      waiverProblems.map((each: { fault: string; waiver: Row }) => [each.fault, each.waiver.resource]).sort(),
      [
        ['unmatched', 'Build'],
        ['unused', 'Audit'],
      ],
    );
    assert.equal(gate.blocked.waivers, 2);
    const human = desk.rampart(['check', 'deploy', ...judge]).stdout;
    assert.match(
      human,
      /rampart-waivers\.yaml:\d+:\d+ {2}waiver {2}unmatched: the waiver of log-group-retention on Build matches no/,
    );
    assert.match(human, /BLOCKED/);
    const sarif = JSON.parse(desk.rampart(['check', 'deploy', ...judge, '--format', 'sarif']).stdout);
    const rules = sarif.runs[0].results.map((each: { ruleId: string }) => each.ruleId);
    assert.ok(rules.includes('waiver-unmatched') && rules.includes('waiver-unused'));
    for (const result of sarif.runs[0].results)
      assert.equal(sarif.runs[0].tool.driver.rules[result.ruleIndex].id, result.ruleId);
    desk.write('deploy/logs.yaml', two);
    desk.write('rampart-waivers.yaml', good.replaceAll(day(90), day(-1)).replaceAll(day(0), day(-30)));
    const expired = check();
    assert.equal(expired.exit, 1);
    assert.deepEqual(verdictsOf(expired), { Build: 'fail', Audit: 'fail' });
    assert.equal(expired.waiverProblems.length, 2);
    desk.write('rampart-waivers.yaml', good);
  });

  it('one that is for another template does not block a run over one, and is told of', () => {
    const good = desk.read('rampart-waivers.yaml');
    desk.write('one.yaml', 'Resources:\n  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 400}}\n');
    // The waiver of Build names its folder, that of Audit no file.
    const over = (...args: string[]) => desk.rampart(['check', ...args, ...judge]);
    const one = over('one.yaml');
    assert.equal(one.exit, 0, one.stdout);
    assert.match(one.stdout, /unused waiver {2}log-group-retention on Audit matches no finding in the files/);
    assert.equal(over('o*.yaml').exit, 0);
    assert.equal(desk.rampart(['check', '-', ...judge], {}, { input: desk.read('one.yaml') }).exit, 0);
    assert.equal(over('deploy/logs.yaml').exit, 0);
    mkdirSync(desk.path('alone'));
    desk.write('alone/one.yaml', desk.read('one.yaml'));
    const folder = over('alone');
    assert.equal(folder.exit, 1);
    assert.match(folder.stdout, /unmatched: the waiver of log-group-retention on Audit/);
    assert.equal(desk.rampart(['check', 'one.yaml', '--requirement', 'log-group-retention']).exit, 1, 'with a system');
    assert.equal(desk.rampart(['waiver', 'check', 'one.yaml', '--baseline', 'fedramp-rev5-moderate']).exit, 1);
    // Expired is expired in every run.
    desk.write('rampart-waivers.yaml', good.replaceAll(day(90), day(-1)).replaceAll(day(0), day(-30)));
    assert.equal(over('one.yaml').exit, 1);
    desk.write('rampart-waivers.yaml', good);
  });

  it('waiver check judges them alone', () => {
    const audit = (...words: string[]) => desk.rampart(['waiver', 'check', ...words]);
    const good = audit('deploy', '--baseline', 'fedramp-rev5-moderate');
    assert.equal(good.exit, 0, good.stdout);
    assert.match(good.stdout, /nothing wrong with 2 waivers/);
    mkdirSync(desk.path('other'));
    desk.write('other/x.yaml', 'Resources: {K: {Type: AWS::KMS::Key}}\n');
    const elsewhere = audit('other', '--baseline', 'fedramp-rev5-moderate', '--json');
    assert.equal(elsewhere.exit, 1);
    assert.equal(JSON.parse(elsewhere.stdout).problems.length, 2);
    desk.write('bad.yaml', desk.read('rampart-waivers.yaml').replaceAll('M. Reyes, ISSO', 'Platform team'));
    const bad = audit('--waivers', 'bad.yaml');
    assert.equal(bad.exit, 1);
    assert.match(bad.stdout, /self-approved waiver[\s\S]*2 wrong of 2 waivers\. No manifests were given/);
    desk.write('other/broken.yaml', 'Resources: [');
    assert.equal(audit('other', '--baseline', 'fedramp-rev5-moderate').exit, 3);
  });

  it('a file that is wrong is an error with its place', () => {
    const said = (text: string) => {
      desk.write('wrong.yaml', text);
      const { exit, stderr } = desk.rampart(['check', 'deploy', ...judge, '--waivers', 'wrong.yaml']);
      assert.equal(exit, 3, stderr);
      return stderr;
    };
    const whole = `waivers:
  - requirement: log-group-retention
    resource: Build
    owner: o
    approver: a
    approved: "${day(0)}"
    reason: r
    expires: "${day(9)}"
    ticket: t
`;
    assert.match(
      said(whole.replace('expires', 'expire')),
      /wrong\.yaml:8:5: waivers\[0\]: unknown key expire\. Did you mean/,
    );
    assert.match(said(whole.replace(/ {4}ticket.*\n/, '')), /ticket is missing/);
    assert.match(said(whole.replace('log-group-retention', 'log-group-retenton')), /Did you mean log-group-retention/);
    assert.match(said(`${whole}__proto__: {}\n`), /__proto__ is not allowed/);
    assert.match(said('waivers: [}'), /RAMPART_WAIVERS_UNREADABLE/);
    assert.equal(desk.rampart(['check', 'deploy', ...judge, '--waivers', 'nowhere.yaml']).exit, 3);
  });
});

describe('a waiver that pins what was found', function () {
  this.timeout(120_000);
  const desk = new Desk('bedrock');
  after(() => desk.clear());
  const against = ['--baseline', 'fedramp-rev5-moderate'];
  const group = (ports: string) => `Parameters: {Days: {Type: Number}}
Resources:
  G:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - {IpProtocol: tcp, ${ports}, CidrIp: 0.0.0.0/0}
  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: !Ref Days}}
`;
  const plan = (days: number, cidr: string) =>
    JSON.stringify({
      format_version: '1.2',
      planned_values: {
        root_module: {
          resources: [
            {
              address: 'aws_security_group.g',
              mode: 'managed',
              type: 'aws_security_group',
              name: 'g',
              provider_name: 'registry.terraform.io/hashicorp/aws',
              values: { ingress: [{ cidr_blocks: [cidr], from_port: 443, to_port: 443, protocol: 'tcp' }] },
            },
            {
              address: 'aws_cloudwatch_log_group.l',
              mode: 'managed',
              type: 'aws_cloudwatch_log_group',
              name: 'l',
              provider_name: 'registry.terraform.io/hashicorp/aws',
              values: { retention_in_days: days },
            },
          ],
        },
      },
      configuration: { root_module: {} },
    });
  const add = (requirement: string, resource: string, ...more: string[]) =>
    desk.rampart([
      ...['waiver', 'add', requirement, '--resource', resource, '--owner', 'P', '--approver', 'I', '--reason', 'r'],
      ...['--expires', day(20), '--ticket', 'T', '--pin', 'deploy', ...against, ...more],
    ]);
  const said = (...more: string[]) => {
    const { stdout, stderr } = desk.rampart(['check', 'deploy', ...against, '--format', 'json', ...more]);
    assert.notEqual(stdout, '', stderr);
    const { findings, waiverProblems = [] } = JSON.parse(stdout) as {
      findings: Row[];
      waiverProblems?: { fault: string; waiver: Row }[];
    };
    const mine = findings.filter(({ requirement }) =>
      /^(security-group-ingress|log-group-retention)$/.test(requirement),
    );
    return {
      ...Object.fromEntries(mine.map(({ resource, verdict }) => [resource, verdict])),
      faults: waiverProblems.map(({ fault, waiver }) => `${fault} ${waiver.resource}`).sort(),
    };
  };
  const write = (ports: string, days: number, cidr: string) => {
    desk.write('deploy/group.yaml', group(ports));
    desk.write('deploy/plan.json', plan(days, cidr));
  };
  const then = () => write('FromPort: 443, ToPort: 443', 30, '0.0.0.0/0');

  before(() => {
    mkdirSync(desk.path('deploy'));
    then();
  });

  it('holds for that, in templates and plans, also where several threads judge', () => {
    for (const [requirement, resource] of [
      ['security-group-ingress', 'G'],
      ['security-group-ingress', 'aws_security_group.g'],
      ['log-group-retention', 'L'],
      ['log-group-retention', 'aws_cloudwatch_log_group.l'],
    ] as const) {
      const { exit, stderr } = add(requirement, resource);
      assert.equal(exit, 0, stderr);
    }
    assert.match(desk.read('rampart-waivers.yaml'), /pin:\n +- "?[0-9a-f]{16}/);
    const all = { G: 'waived', L: 'waived', 'aws_security_group.g': 'waived', 'aws_cloudwatch_log_group.l': 'waived' };
    assert.deepEqual(said(), { ...all, faults: [] });
    assert.deepEqual(said('--threads', '2'), { ...all, faults: [] });
    assert.match(desk.rampart(['waiver', 'list']).stdout, /for what was found when it was approved, and nothing else/);
  });

  it('does not hold for what is worse, or can be decided now, and says so', () => {
    write('FromPort: 0, ToPort: 65535', 1, '0.0.0.0/0');
    assert.deepEqual(said(), {
      ...{ G: 'fail', L: 'waived', 'aws_security_group.g': 'waived', 'aws_cloudwatch_log_group.l': 'fail' },
      faults: ['changed G', 'changed aws_cloudwatch_log_group.l'],
    });
    const { exit, stdout } = desk.rampart(['check', 'deploy', ...against]);
    assert.equal(exit, 1);
    assert.match(stdout, /its waiver was approved for another value than stands there now/);
    write('FromPort: 443, ToPort: 443', 30, '::/0');
    assert.deepEqual(said('--threads', '2').faults, ['changed aws_security_group.g']);
    then();
    desk.write('parameters.json', JSON.stringify([{ ParameterKey: 'Days', ParameterValue: '1' }]));
    assert.deepEqual(said('--parameters', 'parameters.json').faults, ['changed L']);
  });

  it('is judged again as it was', () => {
    assert.equal(desk.rampart(['evidence', 'keygen', '--out', 'keys', '--name', 'k']).exit, 0);
    const make = ['evidence', 'create', 'deploy', '--key', 'keys/k.key.pem', '--out', 'e.tar', '--force'];
    const made = desk.rampart(make);
    assert.match(made.stderr, / 4 waived /, made.stderr);
    const again = desk.rampart(['evidence', 'verify', 'e.tar', '--rebuild', '--allow-intact']);
    assert.equal(again.exit, 0, again.stdout);
  });

  it('pins nothing where nothing is what it is for, and no second time the same', () => {
    const none = add('log-group-retention', 'Nobody');
    assert.equal(none.exit, 2);
    assert.match(none.stderr, /nothing to pin/);
    assert.match(add('log-group-retention', 'L').stderr, /already/);
  });
});
