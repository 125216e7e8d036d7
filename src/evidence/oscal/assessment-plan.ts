import { activitiesFor, activityUuid, plannedByControl, plannedOf } from './activity.js';
import { type Assessment, documentUuid, type Json, property } from './assessment.js';
import { metadataOf } from './metadata.js';
import { assessmentAssets, systemComponent } from './system-component.js';
import { line, markup, token } from './text.js';
import { uuidOf } from './uuid.js';

/**
 * What was to be judged, whether or not it was: every requirement the plan of the system has, as an activity with the UUID the
 * assessment results know it by. Undefined where no requirement supports a control of the baseline.
 */
export function assessmentPlan(assessment: Assessment): { 'assessment-plan': Json } | undefined {
  const { input, lasting } = assessment;
  const planned = plannedOf(assessment);
  const controls = [...plannedByControl(assessment).keys()];
  if (controls.length === 0) return undefined;
  const ssp = uuidOf(lasting, 'system-security-plan');
  const own = input.systemSecurityPlan;
  const everything = [
    { type: 'component', description: 'The system, and every resource of it that was given.', 'include-all': {} },
  ];
  const body = {
    metadata: metadataOf(assessment, 'plan of the automated assessment of AI model endpoints'),
    'import-ssp': own
      ? { href: own, remarks: 'The part of it that settings support; the rest is kept elsewhere.' }
      : { href: `#${ssp}`, remarks: 'The system security plan is kept elsewhere; the resource says so.' },
    'local-definitions': {
      components: [systemComponent(assessment)],
      activities: activitiesFor(assessment, planned),
    },
    'reviewed-controls': {
      description: `Controls of ${markup(input.baseline.title)} that at least one planned requirement supports, in part.`,
      props: [property('baseline', line(input.baseline.id))],
      'control-selections': [{ 'include-controls': controls.map((id) => ({ 'control-id': token(id) })) }],
      remarks:
        'No other control is planned to be looked at; what else is given is judged too, and the results name it. Of those listed, only what settings can show is looked at.',
    },
    'assessment-subjects': everything,
    'assessment-assets': assessmentAssets(assessment),
    tasks: [
      {
        uuid: uuidOf(lasting, 'task'),
        type: 'action',
        title: 'Judge what the system’s manifests and its live account say',
        'associated-activities': planned.map(({ id }) => ({
          'activity-uuid': activityUuid(assessment, id),
          subjects: everything,
        })),
      },
    ],
    ...(own
      ? {}
      : {
          'back-matter': {
            resources: [
              {
                uuid: ssp,
                title: 'System security plan',
                description: `Rampart does not have the system security plan of ${markup(input.system.name)}: its owner keeps it.`,
              },
            ],
          },
        }),
  };
  return { 'assessment-plan': { uuid: documentUuid(assessment, 'assessment-plan', [body]), ...body } };
}
