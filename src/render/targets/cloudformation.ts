import { awsEndpoint } from '../aws-endpoint.js';
import { contextOf } from '../cloudformation/context.js';
import { literal, sub, within, yaml } from '../cloudformation/scalar.js';
import { text } from '../document-text.js';
import { asksFor, drawer, settingOf, words } from '../draw.js';
import type { Target } from '../target.js';

/** CloudFormation YAML. Whatever a user wrote comes out as a quoted scalar, inside `Fn::Sub` with `${` taken literally. */
export const cloudformation: Target = {
  prepare(templates, endpoint, plan, boundary) {
    const helpers = {
      yaml: words(yaml),
      literal: words(literal),
      sub: words(sub),
      within: words(within),
      text: words(text),
      setting: settingOf(endpoint, yaml),
      asked: asksFor(endpoint),
      indent,
    };
    return drawer(templates, helpers, contextOf(awsEndpoint(endpoint.endpoint), plan, boundary));
  },
  fileOf: (endpoint, template) => {
    const file = template.replace(/^endpoint\./, '');
    const path = `${endpoint.name}.${file === 'yaml' ? 'template.yaml' : file}`;
    return { path, mediaType: path.endsWith('.md') ? 'text/markdown' : 'application/yaml' };
  },
};

/** Moves a block to the right. */
function indent(this: unknown, width: unknown, options: { fn(context: unknown): string }): string {
  return options.fn(this).replace(/^(?=.)/gm, ' '.repeat(Number(width)));
}
