import { ok } from 'node:assert/strict';
import { judge } from './gate.js';

const template = (value: string, joined = value): string =>
  JSON.stringify({
    Parameters: { P: { Type: 'String' } },
    Resources: {
      F: {
        Type: 'AWS::Lambda::Function',
        Properties: { Environment: { Variables: { A: { 'Fn::Join': ['', [joined, { Ref: 'P' }, '}']] } } } },
      },
    },
    Outputs: { X: { Value: { 'Fn::Sub': value } } },
  });
const secret = (text: string): string =>
  `{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {a: x${text}}}\n`;

/** Texts whose square would take minutes. */
const texts: Readonly<Record<string, string>> = {
  'beginnings of names': template('${'.repeat(100_000)),
  'beginnings of dynamic references': template('{{resolve:'.repeat(20_000)),
  'a dynamic reference of many parts': template('a', `{{resolve:secretsmanager:${':SecretString'.repeat(15_000)}}b`),
  'dashes of a Secret in braces': secret('-'.repeat(200_000)),
};

describe('texts that begin a thing again and again', function () {
  this.timeout(60_000);
  for (const [name, text] of Object.entries(texts)) {
    it(`are read in no time: ${name}`, () => {
      const start = performance.now();
      ok(judge(text));
      const took = performance.now() - start;
      ok(took < 3000, `${Math.round(took)} ms`);
    });
  }
});
