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
    const draw = drawer(templates, helpers, azureContext(endpoint.endpoint, plan));
    return (template) => joined(draw(template));
  },
  fileOf: (endpoint, template) => ({
    path: `${endpoint.name}.${template}`,
    mediaType: template.endsWith('.md') ? 'text/markdown' : 'application/json',
  }),
};

/** JSON has no comments: what a resource is for stands in its metadata, which Azure leaves alone. */
function inMetadata(served: readonly { id: string; controls: string }[]): string {
  if (served.length === 0) return '"requirements": {}';
  const rows = served.map(({ id, controls }) => `          ${plain(id)}: ${plain(controls)}`);
  return `"requirements": {\n${rows.join(',\n')}\n        }`;
}

/** A block ends its last line, so the comma behind it would stand on one of its own. */
const joined = (text: string): string => text.replace(/\n+,\n/g, ',\n');
