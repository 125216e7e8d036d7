import assert from 'node:assert/strict';
import type { Requirement } from '#model/requirement.js';
import { terraformTrace } from '../../../src/render/terraform/trace.js';

const requirement = (id: string, ...terraform: object[]) => ({ id, expect: { terraform } }) as unknown as Requirement;

const text = `resource "aws_s3_bucket" "logs" {
  bucket_prefix = "a"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "logs" {
  bucket = aws_s3_bucket.logs.id

  versioning_configuration {
    status = "Enabled"
  }
}

data "aws_s3_bucket" "other" {
  bucket = "b"
}

resource "aws_bedrock_guardrail" "g" {
  content_policy_config {
    filters_config {
      type = "HATE"
    }

    filters_config {
      type = "INSULTS"
    }
  }

  topics {
    name = "a"
  }

  topics {
    name = "b"
  }
}

resource "aws_vpc_endpoint" "a" {
  service_name = "a"
}

resource "aws_vpc_endpoint" "b" {
  service_name = "b"
}
`;

const lineOf = (id: string, line: number) => ({ line, requirements: [id] });
const trace = (expectation: object, kind = 'bedrock') => terraformTrace(text, [requirement('r', expectation)], kind);

describe('which lines of HCL serve a requirement', () => {
  it('are those of the arguments it asks for', () => {
    const must = { 'versioning_configuration[*].status': { equals: 'Enabled' } };
    assert.deepEqual(trace({ each: 'aws_s3_bucket_versioning', must }), [lineOf('r', 13)]);
    assert.deepEqual(trace({ each: 'aws_s3_bucket_versioning', must: { 'any-of': [must] } }), [lineOf('r', 13)]);
  });

  it('are those of the resources it relates one to', () => {
    const related = { type: 'aws_s3_bucket_versioning', by: 'bucket', as: 'bucket', must: {} };
    assert.deepEqual(trace({ each: 'aws_s3_bucket', must: { related } }), [lineOf('r', 10)]);
    assert.deepEqual(trace({ each: 'aws_s3_bucket', must: { related: [related] } }), [lineOf('r', 10)]);
  });

  it('are none where an argument is not set, or belongs to what is only read', () => {
    assert.deepEqual(trace({ each: 'aws_s3_bucket', must: { acl: { 'absent-or': {} } } }), []);
    assert.deepEqual(trace({ each: 'aws_s3_bucket', must: { bucket: { present: true } } }), []);
    assert.deepEqual(trace({ each: '*', must: { strings: {} } }), []);
  });

  it('are those of arguments inside a block that items are asked for', () => {
    const one = { versioning_configuration: { none: { 'any-of': [{ status: { not: { equals: 'Enabled' } } }] } } };
    assert.deepEqual(trace({ each: 'aws_s3_bucket_versioning', must: one }), [lineOf('r', 12), lineOf('r', 13)]);
    const several = { 'content_policy_config[*].filters_config': { some: { type: { equals: 'HATE' } } } };
    assert.deepEqual(trace({ each: 'aws_bedrock_guardrail', must: several }), [lineOf('r', 22)]);
  });

  it('are those of an argument that must not say something, where it is set', () => {
    const must = { 'none-of': [{ bucket_prefix: {} }, { acl: {} }] };
    assert.deepEqual(trace({ each: 'aws_s3_bucket', must }), [lineOf('r', 2)]);
  });

  it('are none for a relation of what is not there, in no file of the module', () => {
    const related = { type: 'aws_s3_bucket_versioning', by: 'bucket', must: {} };
    assert.deepEqual(trace({ each: 'aws_vpc', must: { related } }), []);
    const one = requirement('r', { each: 'aws_vpc', must: { related } });
    assert.deepEqual(terraformTrace(text, [one], 'bedrock', [text, 'resource "aws_vpc" "v" {\n}\n']), [
      lineOf('r', 10),
    ]);
  });

  it('do not point at one of several blocks, but at the one around them', () => {
    const filters = { 'content_policy_config[*].filters_config': { some: {} } };
    assert.deepEqual(trace({ each: 'aws_bedrock_guardrail', must: filters }), [lineOf('r', 22)]);
    assert.deepEqual(trace({ each: 'aws_bedrock_guardrail', must: { 'topics[*].name': {} } }), [lineOf('r', 21)]);
  });

  it('do not point at one of several resources when one of them is enough', () => {
    const must = { service_name: { matches: 'a' } };
    assert.deepEqual(trace({ exists: 'aws_vpc_endpoint', must }), []);
    assert.deepEqual(trace({ exists: 'aws_s3_bucket', must: { bucket_prefix: {} } }), [lineOf('r', 2)]);
    assert.deepEqual(trace({ exists: 'aws_s3_bucket', kinds: ['sagemaker'], must: { bucket_prefix: {} } }), []);
    assert.deepEqual(trace({ each: 'aws_vpc_endpoint', must }), [lineOf('r', 42), lineOf('r', 46)]);
  });
});
