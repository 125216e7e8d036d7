import { text } from '../document-text.js';
import { asksFor, drawer, settingOf, words } from '../draw.js';
import type { Target } from '../target.js';
import { contextOf } from '../terraform/context.js';
import { hcl } from '../terraform/scalar.js';

/** A Terraform root module per endpoint, in a folder of its name. Whatever a user wrote comes out as a quoted string. */
export const terraform: Target = {
  prepare(templates, endpoint, plan, boundary) {
    const helpers = {
      hcl: words(hcl),
      text: words(text),
      setting: settingOf(endpoint, (value) => hcl('', value)),
      asked: asksFor(endpoint),
    };
    return drawer(templates, helpers, contextOf(endpoint.endpoint, plan, boundary));
  },
  fileOf: (endpoint, template) => ({
    path: `${endpoint.name}/${template}`,
    mediaType: template.endsWith('.md') ? 'text/markdown' : 'text/plain',
  }),
};
