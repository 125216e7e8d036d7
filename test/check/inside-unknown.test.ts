import assert from 'node:assert/strict';
import { verdictOf } from './gate.js';

/** Cases that fuzzing found. */
describe('what is inside an open value', () => {
  it('may be anything, whatever the whole is known not to be', () => {
    // A number is never empty, and has no VpcId either.
    const door = (type: string): string =>
      `Parameters: {P: {Type: ${type}}}\nResources:\n  Door: {Type: AWS::S3::AccessPoint, Properties: {Bucket: b, VpcConfiguration: !Ref P}}\n`;
    for (const type of ['Number', 'String', 'AWS::EC2::VPC::Id'])
      assert.equal(verdictOf('s3-access-point-vpc', door(type)), 'unknown');
  });

  it('is not passed over because it is deep', () => {
    const deep = (levels: number): string =>
      `Resources:\n  K: {Type: AWS::KMS::Key, Properties: {A: ${'['.repeat(levels)}arn:aws:s3:::elsewhere${']'.repeat(levels)}}}\n`;
    for (const levels of [1, 50, 70, 90])
      assert.equal(verdictOf('arn-partition', deep(levels)), 'fail', String(levels));
  });
});
