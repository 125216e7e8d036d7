import assert from 'node:assert/strict';
import { judge } from './gate.js';

describe('the branch a finding names', () => {
  it('holds the choices a resource is called by, whether or not anything could point at it', () => {
    const text = `Parameters:
  Wanted: {Type: String, AllowedValues: ['yes', 'no']}
  Agent: {Type: String, AllowedValues: [a, b]}
Conditions:
  Wanted: !Equals [!Ref Wanted, 'yes']
Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
    Condition: Wanted
    Properties:
      Name: !Sub /agents/\${Agent}
      SecretString: '{{resolve:ssm-secure:x}}'
`;
    const found = (judge(text) ?? []).find(({ requirement }) => requirement === 'secret-rotation');
    assert.equal(found?.verdict, 'fail');
    assert.equal(found?.branch, 'when parameter Wanted is "yes" and parameter Agent is "a"');
  });
});
