import type { Assessment, Json } from './assessment.js';
import { line, markup } from './text.js';
import { uuidOf } from './uuid.js';

/** The system as a component: what inventory items implement, and what is missing where a resource is. */
export const systemComponent = ({ input: { system }, system: uuid }: Assessment): Json => ({
  uuid,
  type: 'this-system',
  title: markup(system.name),
  description: 'The system as its Rampart system file describes it.',
  props: [{ name: 'asset-id', value: line(system.id) }],
  status: { state: 'other', remarks: 'Rampart does not know whether the system is in operation.' },
});

/** What judged: the tool as a component, and the platform OSCAL asks for. */
export const assessmentAssets = ({ input, lasting, tool }: Assessment): Json => ({
  components: [
    {
      uuid: tool,
      type: 'software',
      title: 'Rampart',
      description: 'Judges manifests and live observations against technical requirements that support controls.',
      props: [{ name: 'version', value: line(input.toolVersion) }],
      status: { state: 'operational' },
    },
  ],
  'assessment-platforms': [
    {
      uuid: uuidOf(lasting, 'platform'),
      title: 'Rampart command line',
      'uses-components': [{ 'component-uuid': tool }],
    },
  ],
});
