import assert from 'node:assert/strict';
import { mended, mending } from '../../session/mending.js';

/** Lines of a template with one log group, whose retention the gate wants to be 400 days. */
const group = (...properties: string[]): string =>
  ['Resources:', '  L:', '    Type: AWS::Logs::LogGroup', ...properties, ''].join('\n');

describe('what check --fix writes', () => {
  it('replaces a value and leaves the rest of its line', () =>
    assert.equal(
      mended(group('    Properties:', '      RetentionInDays:   7   # a week', "      LogGroupName: 'x'")),
      group('    Properties:', '      RetentionInDays:   400   # a week', "      LogGroupName: 'x'"),
    ));

  it('keeps the quotes a value has', () => {
    assert.equal(
      mended(group('    Properties:', '      "RetentionInDays": "7"')),
      group('    Properties:', '      "RetentionInDays": "400"'),
    );
    assert.equal(
      mended(group('    Properties:', "      'RetentionInDays': '7'")),
      group('    Properties:', "      'RetentionInDays': '400'"),
    );
  });

  it('adds a property behind the others, before what follows', () =>
    assert.equal(
      mended(
        group(
          '    Properties:',
          '      LogGroupName: !Sub "${A}-logs"  # name',
          '',
          '    # about the next one',
          '    Metadata: {}',
        ),
      ),
      group(
        '    Properties:',
        '      LogGroupName: !Sub "${A}-logs"  # name',
        '      RetentionInDays: 400',
        '',
        '    # about the next one',
        '    Metadata: {}',
      ),
    ));

  it('adds the section a resource does not have, or has with nothing in it', () => {
    const wanted = group('    Properties:', '      RetentionInDays: 400');
    assert.equal(mended(group()), wanted);
    assert.equal(mended(group('    Properties:')), wanted);
    assert.equal(
      mended(group('    Properties:   # none yet', '    DeletionPolicy: Retain')),
      group('    Properties:   # none yet', '      RetentionInDays: 400', '    DeletionPolicy: Retain'),
    );
    assert.equal(mended(group('    Properties: {}')), group('    Properties: {RetentionInDays: 400}'));
    assert.equal(
      mended(group('    Properties:', '      RetentionInDays:   # to be said')),
      group('    Properties:', '      RetentionInDays: 400   # to be said'),
    );
  });

  it('adds to a flow mapping, on one line or several', () => {
    assert.equal(
      mended('Resources: {L: {Type: "AWS::Logs::LogGroup", Properties: {LogGroupName: a,}}}\n'),
      'Resources: {L: {Type: "AWS::Logs::LogGroup", Properties: {LogGroupName: a, RetentionInDays: 400,}}}\n',
    );
    assert.equal(
      mended(group('    Properties: {', '      LogGroupName: a # name', '      }')),
      group('    Properties: {', '      LogGroupName: a,', '      RetentionInDays: 400 # name', '      }'),
    );
  });

  it('writes JSON as JSON', () => {
    const before = JSON.stringify({ Resources: { L: { Type: 'AWS::Logs::LogGroup' } } }, null, 4);
    const after = { Resources: { L: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 400 } } } };
    assert.equal(mended(before), JSON.stringify(after, null, 4));
    const dense = JSON.stringify({ Resources: { L: { Type: 'AWS::Logs::LogGroup' } } });
    assert.deepEqual(JSON.parse(mended(dense)), after);
  });

  it('puts nothing into a block of text, and something behind it', () => {
    const text = ['    Properties:', '      LogGroupName: |', '        a', '        b', '', ''];
    assert.equal(
      mended(group(...text)),
      group('    Properties:', '      LogGroupName: |', '        a', '        b', '      RetentionInDays: 400', '', ''),
    );
    // Blank lines at the end of this one are part of it.
    assert.equal(
      mended(group('    Properties:', '      LogGroupClass: STANDARD', '      LogGroupName: |+', '        a', '', '')),
      group(
        '    Properties:',
        '      LogGroupClass: STANDARD',
        '      RetentionInDays: 400',
        '      LogGroupName: |+',
        '        a',
        '',
        '',
      ),
    );
  });

  it('keeps line ends, a missing last one, wide indentation and long lines', () => {
    const windows = group('    Properties:', '      LogGroupName: a # b').replaceAll('\n', '\r\n');
    assert.equal(mended(windows), windows.replace('# b\r\n', '# b\r\n      RetentionInDays: 400\r\n'));
    assert.equal(mended(group().trimEnd()), `${group().trimEnd()}\n    Properties:\n      RetentionInDays: 400`);
    assert.equal(
      mended('Resources:\n    L:\n        Type: AWS::Logs::LogGroup\n'),
      'Resources:\n    L:\n        Type: AWS::Logs::LogGroup\n        Properties:\n            RetentionInDays: 400\n',
    );
    const long = `    Metadata: "${'word '.repeat(200)}"`;
    assert.equal(mended(group(long)), group(long, '    Properties:', '      RetentionInDays: 400'));
  });

  it('leaves alone what it does not know, and says why', () => {
    const reasons = (text: string): string[] => {
      const { fixes, notMended } = mending({ 'manifest.yaml': text });
      assert.deepEqual(fixes, []);
      return notMended.map(({ reason }) => reason);
    };
    const shared =
      'Resources:\n  L: {Type: AWS::Logs::LogGroup, Properties: &p {LogGroupName: a}}\n  M: {Type: AWS::SNS::Topic, Metadata: *p}\n';
    assert.match(reasons(shared)[0] ?? '', /used elsewhere through an alias/);
    const merged =
      'Metadata: &p {LogGroupName: a}\nResources:\n  L:\n    Type: AWS::Logs::LogGroup\n    Properties:\n      <<: *p\n';
    assert.match(reasons(merged)[0] ?? '', /merges another one in/);
    const found =
      'Mappings: {A: {B: {C: 7}}}\nResources:\n  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: !FindInMap [A, B, C]}}\n';
    assert.match(reasons(found)[0] ?? '', /what !FindInMap gives/);
    const long = found.replace('!FindInMap [A, B, C]', '{"Fn::FindInMap": [A, B, C]}');
    assert.match(reasons(long)[0] ?? '', /what Fn::FindInMap gives/);
  });

  it('writes beside a loop', () => {
    const loop =
      "Transform: AWS::LanguageExtensions\nResources:\n  'Fn::ForEach::Topics':\n    - T\n    - [A, B]\n    - '${T}': {Type: AWS::Logs::LogGroup}\n  L: {Type: AWS::Logs::LogGroup}\n";
    assert.equal(
      mended(loop),
      loop.replace(
        '  L: {Type: AWS::Logs::LogGroup}',
        '  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 400}}',
      ),
    );
  });

  it('leaves alone what a condition or a parameter decides', () => {
    for (const value of ['!If [C, 7, 3]', '!Ref Days']) {
      const text = `Parameters: {Days: {Type: Number, Default: 7}}\nConditions: {C: !Equals [!Ref Days, 3]}\n${group('    Properties:', `      RetentionInDays: ${value}`)}`;
      assert.equal(mended(text), text);
    }
  });
});

const pod = (...lines: string[]): string =>
  [
    'apiVersion: v1',
    'kind: Pod',
    'metadata: {name: p, namespace: n}',
    'spec:',
    '  automountServiceAccountToken: false',
    ...lines,
    '',
  ].join('\n');

describe('what check --fix writes into Kubernetes', () => {
  it('hardens a container where one value is right, and drops nothing it holds', () =>
    assert.equal(
      mended(
        pod(
          '  hostNetwork: true # why',
          '  containers:',
          '    - name: a',
          '      image: x',
          '      securityContext:',
          '        privileged: true',
          '        capabilities:',
          '          drop:',
          '            - NET_RAW # raw',
          '      ports: [{containerPort: 80, hostPort: 80}]',
        ),
      ),
      pod(
        '  hostNetwork: false # why',
        '  containers:',
        '    - name: a',
        '      image: x',
        '      securityContext:',
        '        privileged: false',
        '        capabilities:',
        '          drop:',
        '            - NET_RAW # raw',
        '            - ALL',
        '        allowPrivilegeEscalation: false',
        '        readOnlyRootFilesystem: true',
        '      ports: [{containerPort: 80, hostPort: 0}]',
      ),
    ));

  it('writes into the document and the item it means', () => {
    const text = `# first\n---\n${pod('  containers:', '  - {name: a, image: x}', '  - image: x', '    name: b')}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n`;
    const hard =
      'securityContext: {capabilities: {drop: [ALL]}, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true}';
    assert.equal(
      mended(text),
      text
        .replace('{name: a, image: x}', `{name: a, image: x, ${hard}}`)
        .replace(
          '    name: b\n',
          '    name: b\n    securityContext:\n      capabilities:\n        drop: [ALL]\n      allowPrivilegeEscalation: false\n      readOnlyRootFilesystem: true\n',
        ),
    );
  });

  it('leaves templates of something else alone', () => {
    const text = pod('  containers:', '    - name: a', '      image: x', '      args: ["{{inputs.parameters.a}}"]');
    assert.equal(mended(text), text);
  });

  it('writes a label that is a string as one', () => {
    const text = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: n\n';
    assert.equal(mended(text), `${text}  labels:\n    pod-security.kubernetes.io/enforce: restricted\n`);
  });
});
