import { labelOf } from '#model/control.js';
import { mappingProperty, plannedByControl, plannedOf } from './activity.js';
import { type Assessment, documentUuid, type Json, property } from './assessment.js';
import { baselineResource, baselineUuid } from './baseline-resource.js';
import { metadataOf } from './metadata.js';
import { line, markup, token } from './text.js';
import { uuidOf } from './uuid.js';

/**
 * Rampart's requirements, as far as the plan has them, as a component: for each control, which of them support it and who says
 * so. Undefined where none supports a control of the baseline.
 */
export function componentDefinition(assessment: Assessment): { 'component-definition': Json } | undefined {
  const { input, lasting, tool } = assessment;
  const controls = [...plannedByControl(assessment)];
  if (controls.length === 0) return undefined;
  const titles = plannedOf(assessment);
  const body = {
    metadata: metadataOf(assessment, 'what Rampart judges in support of controls'),
    components: [
      {
        uuid: tool,
        type: 'software',
        title: 'Rampart',
        description: 'Judges manifests and live observations against technical requirements that support controls.',
        props: [
          { name: 'version', value: line(input.toolVersion) },
          property('control-data-sha256', line(input.controlDataDigest)),
          ...titles.map(({ id, title }) => ({ ...property('requirement', line(id)), remarks: markup(title) })),
        ],
        'control-implementations': [
          {
            uuid: uuidOf(lasting, 'control-implementation', input.baseline.id),
            source: `#${baselineUuid(assessment)}`,
            description:
              `Controls of ${markup(input.baseline.title)} that a planned requirement supports, in part. Rampart supports ` +
              'controls by judging settings; it implements none of them, and none is satisfied by it as a whole.',
            'implemented-requirements': controls.map(([id, supports]) => ({
              uuid: uuidOf(lasting, 'implemented-requirement', input.baseline.id, id),
              'control-id': token(id),
              description: `Settings that support ${labelOf(token(id))} are judged by ${supports.length} ${supports.length === 1 ? 'requirement' : 'requirements'}.`,
              props: supports.map(({ requirement, mapping }) => ({
                ...mappingProperty(mapping),
                ...property('requirement', line(requirement.id)),
              })),
            })),
          },
        ],
      },
    ],
    'back-matter': {
      resources: [baselineResource(assessment)],
    },
  };
  return { 'component-definition': { uuid: documentUuid(assessment, 'component-definition', [body]), ...body } };
}
