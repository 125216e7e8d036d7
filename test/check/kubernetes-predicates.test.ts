import assert from 'node:assert/strict';
import type { Context } from '#check/context.js';
import { engine } from '#check/engine.js';
import { quantityOf } from '#check/quantity.js';
import type { Value } from '#model/value.js';

const context = {
  boundary: { partition: 'aws-us-gov', regions: ['us-gov-west-1'] },
  settings: {},
} as unknown as Context;

const elsewhere = (partition: string, ...regions: string[]): Context => ({
  ...context,
  boundary: { partition, regions },
});
const azure = elsewhere('azure-us-gov', 'usgovvirginia');
const google = elsewhere('google-us', 'us-east4');

const known = (value: string | number): Value => ({ kind: 'scalar', value, at: 0 });
const open: Value = { kind: 'unknown', settledBy: 'x', at: 0 };
const absent: Value = { kind: 'absent', at: 0 };
const ended = (end: string): Value => ({ kind: 'text', parts: [open, end], at: 0 });
const partly = (start: string): Value => ({ kind: 'text', parts: [start, open], at: 0 });

const rows: readonly [predicate: object, value: Value, verdict: string][] = [
  [{ 'quantity-at-least': '1Gi' }, known('1024Mi'), 'pass'],
  [{ 'quantity-at-least': '1Gi' }, known('1G'), 'fail'],
  [{ 'quantity-at-least': '500m' }, known(1), 'pass'],
  [{ 'quantity-at-least': 1 }, known('0'), 'fail'],
  [{ 'quantity-at-least': 1 }, known('much'), 'fail'],
  [{ 'quantity-at-least': 1 }, absent, 'fail'],
  [{ 'quantity-at-least': 1 }, open, 'unknown'],
  [{ 'spelt-out': true }, known('a'), 'pass'],
  [{ 'spelt-out': true }, partly('a'), 'pass'],
  [{ 'spelt-out': true }, known(''), 'fail'],
  [{ 'spelt-out': true }, open, 'fail'],
  [{ 'spelt-out': true }, absent, 'fail'],
  [{ spells: '^a' }, known('ab'), 'pass'],
  [{ spells: '^a' }, known('ba'), 'fail'],
  [{ spells: '^a' }, partly('a'), 'pass'],
  [{ spells: '^b' }, partly('a'), 'fail'],
  [{ spells: '^a' }, open, 'fail'],
  [{ spells: '^a' }, absent, 'fail'],
  [{ 'ends-with': ['-token', 'password'] }, known('/app/DbPassword'), 'pass'],
  [{ 'ends-with': ['-token', 'password'] }, known('/app/passwords'), 'fail'],
  [{ 'ends-with': 'token' }, ended('-token'), 'pass'],
  [{ 'ends-with': 'token' }, ended('-arn'), 'fail'],
  [{ 'ends-with': 'token' }, ended('en'), 'unknown'],
  [{ 'ends-with': 'token' }, partly('/app/token'), 'unknown'],
  [{ 'ends-with': 'token' }, open, 'unknown'],
  [{ 'ends-with': 'token' }, absent, 'fail'],
  [{ 'registry-in-boundary': true }, known('111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/a'), 'pass'],
  [{ 'registry-in-boundary': true }, known('111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/a'), 'pass'],
  [{ 'registry-in-boundary': true }, known('111122223333.dkr-ecr.us-gov-west-1.on.aws/a'), 'pass'],
  [{ 'registry-in-boundary': true }, known('111122223333.dkr.ecr.us-gov-west-1.amazonaws.com.evil.io/a'), 'fail'],
  [{ 'registry-in-boundary': true }, known('111122223333.dkr.ecr.us-east-1.amazonaws.com/a'), 'fail'],
  [{ 'registry-in-boundary': true }, known('public.ecr.aws/a'), 'fail'],
  [{ 'registry-in-boundary': true }, partly('111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/a:'), 'pass'],
  [{ 'registry-in-boundary': true }, partly('docker.io/'), 'fail'],
  [{ 'registry-in-boundary': true }, partly('1111'), 'unknown'],
  [{ 'registry-in-boundary': true }, absent, 'fail'],
  [{ 'registry-in-boundary': true }, open, 'unknown'],
];

/** Of an image where the boundary is in another cloud. */
const images: readonly [where: Context, image: Value, verdict: string][] = [
  [azure, known('models.azurecr.us/vllm:v1'), 'pass'],
  [azure, known('models-a1b2.azurecr.us/vllm:v1'), 'pass'],
  [azure, partly('models.azurecr.us/'), 'pass'],
  [azure, partly('models.azure'), 'unknown'],
  [azure, known('models.azurecr.io/vllm'), 'fail'],
  [azure, known('models.azurecr.us.evil.io/vllm'), 'fail'],
  [azure, known('evil.io/models.azurecr.us/vllm'), 'fail'],
  [azure, known('111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/a'), 'fail'],
  [azure, absent, 'fail'],
  [google, known('us-docker.pkg.dev/project/models/vllm'), 'pass'],
  [google, known('us-east4-docker.pkg.dev/project/models/vllm'), 'pass'],
  [google, partly('us-east4-docker.pkg.dev/project/models/'), 'pass'],
  [google, partly('us-east4-docker.pkg.dev/'), 'pass'],
  [google, partly('us-east4'), 'unknown'],
  [google, known('us-west1-docker.pkg.dev/project/models/vllm'), 'fail'],
  [google, known('europe-docker.pkg.dev/project/models/vllm'), 'fail'],
  [google, known('docker.pkg.dev/project/models/vllm'), 'fail'],
  [google, known('us-docker.pkg.dev.evil.io/project/models/vllm'), 'fail'],
  [google, known('gcr.io/project/vllm'), 'fail'],
  [google, known('models.azurecr.us/vllm:v1'), 'fail'],
  [context, known('models.azurecr.us/vllm:v1'), 'fail'],
  [context, known('us-docker.pkg.dev/project/models/vllm'), 'fail'],
];

describe('predicates of Kubernetes values', () => {
  for (const [where, image, verdict] of images) {
    it(`an image of ${JSON.stringify(image)} in ${where.boundary.partition}: ${verdict}`, () => {
      assert.equal(engine.predicate(image, { 'registry-in-boundary': true }, where).verdict, verdict);
    });
  }

  for (const [predicate, value, verdict] of rows) {
    it(`${JSON.stringify(predicate)} of ${JSON.stringify(value)}: ${verdict}`, () => {
      assert.equal(engine.predicate(value, predicate, context).verdict, verdict);
    });
  }

  it('a secret that is found is not quoted', () => {
    const { reason } = engine.predicate(known('hunter2'), { not: { 'spelt-out': true } }, context);
    assert.doesNotMatch(reason, /hunter2/);
  });

  it('quantities are numbers', () => {
    const quantities = {
      '500m': 0.5,
      '16Gi': 16 * 2 ** 30,
      '1e3': 1000,
      '1E3': 1000,
      '.5': 0.5,
      '2k': 2000,
      '1E': 1e18,
    };
    for (const [text, number] of Object.entries(quantities)) assert.equal(quantityOf(text), number, text);
    for (const text of ['', 'Gi', '1gi', '1 Gi', '0x1', '1e9999', 'NaN'])
      assert.equal(quantityOf(text), undefined, text);
  });
});
