import { literal, yaml } from '../cloudformation/scalar.js';
import { text } from '../document-text.js';
import { asksFor, drawer, settingOf, words } from '../draw.js';
import { contextOf } from '../kubernetes/context.js';
import { argument } from '../kubernetes/scalar.js';
import type { Target } from '../target.js';

/** Kubernetes objects as YAML, in a folder of the endpoint. Whatever a user wrote comes out as a quoted scalar. */
export const kubernetes: Target = {
  prepare(templates, endpoint, plan, boundary) {
    const helpers = {
      yaml: words(yaml),
      literal: words(literal),
      argument: words(argument),
      text: words(text),
      setting: settingOf(endpoint, yaml),
      asked: asksFor(endpoint),
    };
    return drawer(templates, helpers, contextOf(endpoint.endpoint, plan, boundary));
  },
  fileOf: (endpoint, template) => ({
    path: `${endpoint.name}/kubernetes/${template}`,
    mediaType: template.endsWith('.md') ? 'text/markdown' : 'application/yaml',
  }),
};
