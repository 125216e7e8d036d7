import { json, plain } from '../arm/scalar.js';
import { azureContext, servedBy } from '../azure.js';
import { text } from '../document-text.js';
import { drawer, settingOf, words } from '../draw.js';
import type { Target } from '../target.js';

/** An ARM template per endpoint, with an example of its parameters. Whatever a user wrote comes out as a string, never as an expression. */
export const arm: Target = {
  prepare(templates, endpoint, plan) {
    if (endpoint.endpoint.kind !== 'azure-openai')
      throw new Error(`${endpoint.endpoint.kind} endpoints are not in Azure`);
    const served = servedBy(endpoint);
    const helpers = {
      json: words(json),
      text: words(text),
      setting: settingOf(endpoint, plain),
      serves: words((...ids) => inMetadata(served(...ids))),
    };
    return drawer(templates, helpers, azureContext(endpoint.endpoint, plan));
  },
  fileOf: (endpoint, template) => ({
    path: `${endpoint.name}.${template}`,
    mediaType: template.endsWith('.md') ? 'text/markdown' : 'application/json',
  }),
};

/** JSON has no comments: what a resource is for stands in its metadata, which Azure leaves alone. */
function inMetadata(served: readonly { id: string; controls: string }[]): string {
  const rows = served.map(({ id, controls }) => `        ${plain(id)}: ${plain(controls)}`);
  if (rows.length === 0) return '"requirements": {}';
  return `"requirements": {\n${rows.join(',\n')}\n      }`;
}
