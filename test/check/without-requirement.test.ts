import { deepEqual } from 'node:assert/strict';
import { added, withoutRequirement } from '#check/without-requirement.js';
import { base } from '../controls/base.js';
import { read } from '../manifest/cloudformation/template.js';
import { read as readObjects } from '../manifest/kubernetes/stream.js';

const counted = (...manifests: Parameters<typeof withoutRequirement>[0]): Record<string, number> =>
  withoutRequirement(manifests, base.requirements);

describe('resources of types no requirement names', () => {
  it('are counted by type, in order', () => {
    const types = ['AWS::EC2::RouteTable', 'AWS::AccessAnalyzer::Analyzer', 'AWS::EC2::RouteTable', 'AWS::S3::Bucket'];
    const text = `Resources:\n${types.map((type, at) => `  R${at}: {Type: '${type}'}`).join('\n')}\n`;
    deepEqual(Object.entries(counted(read(text), read(text))), [
      ['AWS::AccessAnalyzer::Analyzer', 2],
      ['AWS::EC2::RouteTable', 4],
    ]);
  });

  it('are not those that only point to what is judged', () => {
    deepEqual(counted(read("Resources: {P: {Type: 'AWS::S3::BucketPolicy'}, F: {Type: 'AWS::EC2::FlowLog'}}\n")), {});
  });

  it('are not those whose pods are judged, or that pods are judged by', () => {
    const objects = [
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: b, image: c}]}}}',
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: {}',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}',
      'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: a}',
      'apiVersion: __proto__/v1\nkind: Thing\nmetadata: {name: a}',
    ];
    deepEqual(Object.entries(counted(readObjects(objects.join('\n---\n')))), [
      ['PersistentVolumeClaim', 1],
      ['Thing.__proto__', 1],
    ]);
  });

  it('are all, where no requirement is judged', () => {
    deepEqual(withoutRequirement([read("Resources: {B: {Type: 'AWS::S3::Bucket'}}\n")], []), { 'AWS::S3::Bucket': 1 });
  });

  it('are added up over shares', () => {
    deepEqual(Object.entries(added([{ b: 1 }, {}, { a: 2, b: 3 }])), [
      ['a', 2],
      ['b', 4],
    ]);
  });
});
