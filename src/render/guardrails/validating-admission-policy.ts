import type { Requirement } from '#model/requirement.js';
import { visible } from '#model/unseen.js';
import { type Validation, validationsOf } from '../cel/policies.js';
import { yaml } from '../cloudformation/scalar.js';
import type { Given } from '../formula/read.js';
import type { Guardrail, Section } from '../guardrail.js';

/** Kubernetes ValidatingAdmissionPolicies with their bindings: one pair a requirement and kind of object. */
export const validatingAdmissionPolicy: Guardrail = ({ system, baseline, requirements, settings, boundary }) => {
  const given: Given = { settings, boundary: system.boundary };
  const offered = (boundary.families ?? []).filter(({ regions }) =>
    regions.some((region) => system.boundary.regions.includes(region)),
  );
  const families = [...new Set(offered.flatMap(({ ids }) => ids))].filter((id) => !id.includes('.')).sort();
  const written = requirements.map((requirement) => ({
    requirement,
    ...validationsOf(requirement, given, families),
  }));
  const sections = written.flatMap(({ requirement, validations }) =>
    grouped(validations).map((group, index) => policyOf(system.id, requirement, group, index)),
  );
  const head = [
    `# ValidatingAdmissionPolicies of ${visible(system.name)} under ${baseline}, from the requirements Rampart's gate judges by.`,
    '# For Kubernetes 1.30 or newer. Objects of kube-system are not held to them, so that a cluster can start; what a controller puts',
    '# into a cluster later is. Change validationActions to [Warn, Audit] to see first what they would refuse.',
  ].join('\n');
  return {
    files: [
      {
        path: `${system.id}.admission.yaml`,
        mediaType: 'application/yaml',
        sections: [{ text: head, serves: [] }, ...sections],
        between: '',
      },
    ],
    left: written.flatMap(({ left }) => left),
  };
};

/** Validations of the same kinds of objects stand in one policy. */
function grouped(validations: readonly Validation[]): Validation[][] {
  const groups = new Map<string, Validation[]>();
  for (const validation of validations) {
    const key = JSON.stringify(validation.matches);
    groups.set(key, [...(groups.get(key) ?? []), validation]);
  }
  return [...groups.values()];
}

function policyOf(systemId: string, requirement: Requirement, group: readonly Validation[], index: number): Section {
  const { id, title, remediation, controls } = requirement;
  const name = `${systemId}-${id}${index === 0 ? '' : `-${index + 1}`}`;
  const message = yaml(visible(`${id}: ${remediation}`.replace(/\s+/g, ' ')));
  const [first] = group;
  const text = [
    '---',
    'apiVersion: admissionregistration.k8s.io/v1',
    'kind: ValidatingAdmissionPolicy',
    'metadata:',
    `  name: ${yaml(name)}`,
    '  annotations:',
    `    rampart/requirement: ${yaml(id)}`,
    `    rampart/title: ${yaml(visible(title))}`,
    `    rampart/controls: ${yaml(controls.map((control) => `${control.id} (${control.basis})`).join(', '))}`,
    'spec:',
    '  failurePolicy: Fail',
    '  matchConstraints:',
    '    resourceRules:',
    ...(first?.matches ?? []).map(
      ({ group: api, resources, operations = ['CREATE', 'UPDATE'] }) =>
        `      - {apiGroups: [${yaml(api)}], apiVersions: ["*"], operations: [${operations.join(', ')}], resources: [${resources.map(yaml).join(', ')}]}`,
    ),
    ...(first?.pods ? variables : []),
    '  validations:',
    ...group.flatMap(({ expression }) => [
      '    - expression: |-',
      `        ${expression}`,
      `      message: ${message}`,
    ]),
    '---',
    'apiVersion: admissionregistration.k8s.io/v1',
    'kind: ValidatingAdmissionPolicyBinding',
    'metadata:',
    `  name: ${yaml(name)}`,
    'spec:',
    `  policyName: ${yaml(name)}`,
    '  validationActions: [Deny, Audit]',
    '  matchResources:',
    '    namespaceSelector:',
    '      matchExpressions:',
    '        - {key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system]}',
  ].join('\n');
  return { text, serves: [id] };
}

/** Where each kind keeps its pod, and what makes it. */
const variables = [
  '  variables:',
  '    - name: podSpec',
  '      expression: >-',
  '        object.kind == "Pod" ? object.spec :',
  '        object.kind == "PodTemplate" ? object.template.spec :',
  '        object.kind == "CronJob" ? object.spec.jobTemplate.spec.template.spec : object.spec.template.spec',
  '    - name: containers',
  '      expression: >-',
  '        (has(variables.podSpec.initContainers) ? variables.podSpec.initContainers : []) +',
  '        (has(variables.podSpec.containers) ? variables.podSpec.containers : []) +',
  '        (has(variables.podSpec.ephemeralContainers) ? variables.podSpec.ephemeralContainers : [])',
  '    - name: owner',
  '      expression: >-',
  '        object.kind == "Pod" && has(object.metadata.ownerReferences)',
  '        ? object.metadata.ownerReferences.filter(owner, has(owner.controller) && owner.controller) : []',
  '    - name: workload',
  '      expression: "size(variables.owner) > 0 ? variables.owner[0].kind : object.kind"',
  '    - name: namespaceName',
  '      expression: "namespaceObject == null ? \\"\\" : namespaceObject.metadata.name"',
];
