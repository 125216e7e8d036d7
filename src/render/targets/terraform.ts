import type { BoundaryData } from '#model/base.js';
import { type Endpoint, isAws } from '#model/endpoint.js';
import type { Plan } from '#model/plan.js';
import { azureContext, servedBy } from '../azure.js';
import { text } from '../document-text.js';
import { drawer, settingOf, words } from '../draw.js';
import { googleContext } from '../google.js';
import type { Target } from '../target.js';
import { contextOf } from '../terraform/context.js';
import { hcl } from '../terraform/scalar.js';

/** A Terraform root module per endpoint, in a folder of its name. Whatever a user wrote comes out as a quoted string. */
export const terraform: Target = {
  prepare(templates, endpoint, plan, boundary) {
    const served = servedBy(endpoint);
    const helpers = {
      hcl: words(hcl),
      text: words(text),
      setting: settingOf(endpoint, (value) => hcl('', value)),
      serves: words((...ids) =>
        served(...ids)
          .map(comment)
          .join('\n'),
      ),
    };
    return drawer(templates, helpers, contextFor(endpoint.endpoint, plan, boundary));
  },
  fileOf: (endpoint, template) => ({
    path: `${endpoint.name}/${template}`,
    mediaType: template.endsWith('.md') ? 'text/markdown' : 'text/plain',
  }),
};

/** A requirement and its controls, above what serves it. */
const comment = ({ id, controls }: { id: string; controls: string }): string => `# ${id}: ${controls}`;

function contextFor(endpoint: Endpoint, plan: Plan, boundary: BoundaryData): Record<string, unknown> {
  if (isAws(endpoint)) return contextOf(endpoint, plan, boundary);
  return endpoint.kind === 'azure-openai' ? azureContext(endpoint, plan) : googleContext(endpoint, plan);
}
