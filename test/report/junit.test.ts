import assert from 'node:assert/strict';
import { XMLParser } from 'fast-xml-parser';
import { junitReport } from '#report/formats/junit.js';
import { sample } from './sample-result.js';

interface Node {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly Node[];
}

/** What Jenkins' xUnit plugin (its junit-10.xsd, read 2026-11-21) lets an element have: attributes, those needed, and children. */
const allowed: Readonly<Record<string, { attributes: string[]; needed: string[]; children: string[] }>> = {
  testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'errors'], needed: [], children: ['testsuite'] },
  testsuite: {
    attributes: ['name', 'tests', 'failures', 'errors', 'skipped', 'group', 'time', 'timestamp', 'hostname', 'id'],
    needed: ['name', 'tests', 'failures', 'errors'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    attributes: ['name', 'time', 'classname', 'group'],
    needed: ['name'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: { attributes: ['type', 'message'], needed: [], children: [] },
  error: { attributes: ['type', 'message'], needed: [], children: [] },
  skipped: { attributes: ['type', 'message'], needed: [], children: [] },
};

function tree(text: string): Node {
  const parser = new XMLParser({ ignoreAttributes: false, preserveOrder: true, attributeNamePrefix: '' });
  const node = (raw: Record<string, unknown>): Node => {
    const name = Object.keys(raw).find((key) => key !== ':@') ?? '';
    const children = (raw[name] as Record<string, unknown>[]).filter((each) => !('#text' in each)).map(node);
    return { name, attributes: (raw[':@'] ?? {}) as Record<string, string>, children };
  };
  const roots = (parser.parse(text) as Record<string, unknown>[]).filter((each) => !('?xml' in each)).map(node);
  assert.equal(roots.length, 1);
  return roots[0] as Node;
}

const faults = ({ name, attributes, children }: Node): string[] => {
  const rule = allowed[name];
  if (!rule) return [`no element ${name}`];
  return [
    ...Object.keys(attributes).flatMap((each) => (rule.attributes.includes(each) ? [] : [`${name} has ${each}`])),
    ...rule.needed.flatMap((each) => (each in attributes ? [] : [`${name} has no ${each}`])),
    ...children.flatMap((child) =>
      rule.children.includes(child.name) ? faults(child) : [`${name} holds ${child.name}`],
    ),
  ];
};

describe('JUnit', () => {
  const root = tree(junitReport(sample));

  it('has the elements and attributes Jenkins allows', () => {
    assert.deepEqual(faults(root), []);
    assert.deepEqual(faults(tree(junitReport({ ...sample, files: [], findings: [] }))), []);
    assert.deepEqual(faults(tree('<testsuites><testcase name="x"/></testsuites>')), ['testsuites holds testcase']);
  });

  it('counts what is in it', () => {
    for (const suite of root.children) {
      const having = (name: string) =>
        suite.children.filter(({ children }) => children.some((child) => child.name === name)).length;
      assert.deepEqual(
        [suite.attributes.tests, suite.attributes.failures, suite.attributes.errors, suite.attributes.skipped].map(
          Number,
        ),
        [suite.children.length, having('failure'), having('error'), having('skipped')],
      );
    }
    const sum = (name: string) => root.children.reduce((total, { attributes }) => total + Number(attributes[name]), 0);
    for (const name of ['tests', 'failures', 'errors']) assert.equal(Number(root.attributes[name]), sum(name));
  });

  it('fails what is unknown, and skips only what is waived, does not apply or was not followed', () => {
    const cases = root.children.flatMap(({ children }) => children);
    const outcomes = (outcome: string) =>
      cases.filter(({ children }) => children[0]?.name === outcome).map(({ attributes }) => attributes.classname);
    assert.ok(outcomes('failure').includes('kms-key-rotation'));
    assert.deepEqual(outcomes('skipped'), ['kms-key-policy', 's3-versioning', 'rampart.not-followed']);
    assert.deepEqual(outcomes('error'), ['ecr-signing', 'rampart.not-read']);
    assert.deepEqual(
      cases.filter(({ children }) => children.length === 0).map(({ attributes }) => attributes.classname),
      ['kms-key-spec'],
    );
  });
});
