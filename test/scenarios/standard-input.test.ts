import assert from 'node:assert/strict';
import { Desk } from './command-line.js';

const pod = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: n}\nspec: {hostNetwork: true, containers: [{name: c}]}\n`;
const policy =
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: d, namespace: n}\nspec: {podSelector: {}, policyTypes: [Ingress, Egress]}\n';
const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {k: aHVudGVyMg==}\n';

interface Finding {
  requirement: string;
  verdict: string;
  resource: string;
  position?: { file: string; line: number };
}

describe('standard input', function () {
  this.timeout(60_000);
  const desk = new Desk('bedrock');
  after(() => desk.clear());
  const baseline = ['--baseline', 'fedramp-rev5-moderate'];
  const check = (input: string, ...args: string[]) => desk.rampart(['check', ...args, ...baseline], {}, { input });
  const findings = (stdout: string): Finding[] => JSON.parse(stdout).findings;

  it('is judged, and called stdin', () => {
    const { exit, stdout } = check(pod('p'), '-', '--format', 'json');
    assert.equal(exit, 1);
    const found = findings(stdout).find(
      (each) => each.requirement === 'pod-host-namespaces' && each.verdict === 'fail',
    );
    assert.equal(found?.position?.file, 'stdin');
    assert.equal(found?.position?.line, 4);
  });

  it('is judged together with files', () => {
    desk.write('policy.yaml', policy);
    // In the network of its node no policy would hold it.
    const own = pod('p').replace('hostNetwork: true', 'hostNetwork: false');
    const { stdout } = check(own, '-', 'policy.yaml', '--format', 'json');
    assert.ok(findings(stdout).some((each) => each.requirement === 'pod-default-deny' && each.verdict === 'pass'));
  });

  it('that is empty, or a chart, is exit 3', () => {
    assert.equal(check('', '-').exit, 3);
    const chart = check('kind: {{ .Values.kind }}\n', '-');
    assert.equal(chart.exit, 3);
    assert.match(chart.stdout, /stdin.*Helm chart template/);
  });

  it('shows the data of no Secret, in any format', () => {
    for (const format of ['human', 'json', 'sarif']) {
      const inline = JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [
          {
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: { name: 's', labels: { a: 'arn:aws:a' } },
            data: { k: 'aHVudGVyMg==' },
          },
        ],
      });
      for (const input of [`${secret}---\n${pod('p')}`, inline]) {
        const { stdout, stderr } = check(input, '-', '--all', '--format', format);
        assert.doesNotMatch(stdout + stderr, /aHVudGVyMg/);
      }
    }
  });
});
