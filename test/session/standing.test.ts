import { equal, notEqual } from 'node:assert/strict';
import type { Finding } from '#model/finding.js';
import { Lines } from '#model/position.js';
import { standing } from '../../src/session/standing.js';

/** What stands where `mark` begins in a text. */
function at(text: string, mark: string, reason = 'opens too much'): string | undefined {
  const lines = new Lines('f', text);
  const finding = { reason, resource: 'G', position: lines.position(text.indexOf(mark)) } as Finding;
  return standing(new Map([['f', lines]]), finding);
}

const group = (rule: string): string => `Resources:
  G:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - IpProtocol: -1
          CidrIp: ${rule}
        - {IpProtocol: tcp, FromPort: 443}
      Tags: []
`;
const pod = (image: string, port: number): string => `spec:
  containers:
    - name: a
      image: ${image}
      args: ["--port", "${port}"]
    - name: b
`;
const plan = (cidr: string, name = 'x'): string =>
  `{"resource_changes":[{"address":"g.${name}","change":{"after":{"ingress":[{"cidr_blocks":["${cidr}"]}],"name":"${name}"}}}]}`;

describe('what stands where a finding points', () => {
  it('is an item of a list, whole', () => {
    notEqual(at(group('10.0.0.0/8'), 'IpProtocol: -1'), undefined);
    notEqual(at(group('10.0.0.0/8'), 'IpProtocol: -1'), at(group('0.0.0.0/0'), 'IpProtocol: -1'));
  });

  it('is a scalar and an attribute of a plan', () => {
    notEqual(at('A: {B: yes, C: 1}', 'yes'), at('A: {B: no, C: 1}', 'no'));
    equal(at('A: {B: yes, C: 1}', 'yes'), at('A: {B: yes, C: 2}', 'yes'));
    notEqual(at(plan('10.0.0.0/8'), '"ingress"'), at(plan('0.0.0.0/0'), '"ingress"'));
    equal(at(plan('10.0.0.0/8'), '"ingress"'), at(plan('10.0.0.0/8', 'y'), '"ingress"'));
    const laid = (cidr: string) => JSON.stringify(JSON.parse(plan(cidr)), null, 2);
    notEqual(at(laid('10.0.0.0/8'), '"ingress"'), undefined);
    notEqual(at(laid('10.0.0.0/8'), '"ingress"'), at(laid('0.0.0.0/0'), '"ingress"'));
  });

  it('stays when lines move, and blanks, comments, images and what stands elsewhere change', () => {
    const one = at(group('10.0.0.0/8'), 'IpProtocol: -1');
    for (const text of [
      `# new\n${group('10.0.0.0/8')}`,
      group('10.0.0.0/8').replace('443', '8443').replace('Tags: []', 'Tags: [a]'),
      group('10.0.0.0/8').replace('          CidrIp', '          # why\n          CidrIp'),
    ])
      equal(at(text, 'IpProtocol: -1'), one, text);
    equal(at(pod('a:1', 80), 'name: a'), at(pod('a:2', 80), 'name: a'));
    notEqual(at(pod('a:1', 80), 'name: a'), at(pod('a:1', 81), 'name: a'));
  });

  it('is nothing where something is missing, or where the place is a whole resource', () => {
    equal(at(pod('a:1', 80), 'name: a', 'livenessProbe is absent; must be set'), undefined);
    equal(at(group('10.0.0.0/8'), 'G:'), undefined);
    equal(at(group('10.0.0.0/8'), 'Type:'), undefined);
    equal(at('{"Resources": {\n"G": {"Type": "T"}}}', '"G"'), undefined);
    equal(at('{"Resources": {"G": {"Type": "T"}}}', '"G"'), undefined);
    equal(at('{"change":{"after":{"user_data":"export PASSWORD=x"}}}', '"user_data"'), undefined);
    equal(at(plan('10.0.0.0/8'), '{"address"'), undefined);
    equal(at('[{"apiVersion": "v1"}]', '{'), undefined);
  });

  it('takes no long time with a hostile text', () => {
    for (const text of ['- "'.repeat(80_000), `{"a":${'['.repeat(200_000)}`, `"${'\\'.repeat(200_000)}`]) {
      const start = performance.now();
      at(text, text.slice(0, 1));
      at(`A: ${text}`, text.slice(0, 2));
      equal(performance.now() - start < 500, true);
    }
  });
});
