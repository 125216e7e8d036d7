import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { addressIn, type Body, isWhole, type Module, provider, referencesIn, type Shape } from './module.js';

/** What is known after apply only. */
const unknown = Symbol('known after apply');

/** Where unset arguments are for the provider to decide: optional and computed in its schema, as plans of the corpus show them. */
const decided: { [type: string]: readonly string[] } = {
  aws_iam_role: ['inline_policy', 'managed_policy_arns', 'name_prefix'],
  aws_kms_key: ['key_usage'],
  aws_s3_bucket: (
    'acceleration_status acl bucket cors_rule grant lifecycle_rule logging object_lock_configuration object_lock_enabled ' +
    'policy replication_configuration request_payer server_side_encryption_configuration versioning website'
  ).split(' '),
  aws_security_group: ['name'],
  aws_sagemaker_model: ['name'],
  aws_sagemaker_endpoint_configuration: ['name'],
  aws_sns_topic: ['name_prefix', 'policy'],
  aws_subnet: ['availability_zone_id', 'ipv6_cidr_block'],
  aws_vpc_endpoint: ['dns_options', 'ip_address_type', 'route_table_ids', 'service_region', 'subnet_configuration'],
};

interface World {
  account: string;
  partition: string;
  /** Values of variables that have none of their own. */
  variables?: Readonly<Record<string, string | readonly string[]>>;
  /** What an earlier apply has already made or read, by its reference. */
  known?: Readonly<Record<string, string>>;
}

/**
 * The plan Terraform would make of a rendered module for an empty account, without Terraform's provider: constants, variables,
 * locals and data sources are known, whatever AWS or the provider decides is not. It knows the expressions our templates use and
 * refuses any other. What the provider refuses or changes at plan time it cannot show.
 */
export function planOf(module: Module, world: World): string {
  const evaluate = new Evaluation(module, world);
  const changes: object[] = [];
  for (const { address, type, body } of module.resource) {
    if ('count' in body && evaluate.value(body.count) === 0) continue;
    changes.push(change(evaluate, address + ('count' in body ? '[0]' : ''), type, body, 'managed'));
  }
  for (const { address, type, body } of module.data) {
    if (type === 'data.aws_iam_policy_document' && typeof evaluate.documents.get(address) !== 'string')
      changes.push(change(evaluate, address, type, body, 'data'));
  }
  const variables = Object.keys(module.variables).map((name) => [name, { value: evaluate.value(`\${var.${name}}`) }]);
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    variables: Object.fromEntries(variables),
    resource_changes: changes,
    configuration: {
      provider_config: { [providerOf(module)]: providerConfig(module) },
      root_module: {
        resources: [...module.resource, ...module.data].map(({ address, type, body }) => ({
          address,
          mode: address.startsWith('data.') ? 'data' : 'managed',
          type: type.replace('data.', ''),
          name: address.split('.').at(-1),
          provider_config_key: providerOf(module),
          expressions: expressionsOf(body, shapeOf(type)),
        })),
      },
    },
  });
}

/** The one provider of a module, by its name. */
const providerOf = ({ resource }: Module): string => resource[0]?.type.split('_')[0] ?? '';

const providerConfig = (module: Module): object => {
  const name = providerOf(module);
  const full_name = `registry.terraform.io/hashicorp/${name}`;
  if (name !== 'aws') return { name, full_name };
  return {
    name,
    full_name,
    expressions: {
      region: expressionOf(module.provider.region),
      use_fips_endpoint: expressionOf(module.provider.use_fips_endpoint),
    },
  };
};

const shapeOf = (type: string): Shape => {
  const known = provider[type];
  assert.ok(known, `${type} is not in provider-arguments.json`);
  return known.arguments;
};

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const meta = new Set(['depends_on', 'lifecycle', 'count']);

function change(evaluate: Evaluation, address: string, type: string, body: Body, mode: 'managed' | 'data'): object {
  const { after, open } = valuesOf(evaluate, body, shapeOf(type));
  const settled = [...(provider[type]?.computed ?? []), ...(decided[type] ?? []), 'id'];
  for (const attribute of settled) {
    if (attribute in body) continue;
    delete after[attribute];
    open[attribute] = true;
  }
  if (type.startsWith('aws_') && 'region' in shapeOf(type) && mode === 'managed')
    after.region = evaluate.value('${var.region}');
  const actions = mode === 'data' ? ['read'] : ['create'];
  return {
    address,
    mode,
    type: type.replace('data.', ''),
    name: address.replace(/\[.*/, '').split('.').at(-1),
    provider_name: `registry.terraform.io/hashicorp/${type.replace('data.', '').split('_')[0]}`,
    change: { actions, before: null, after, after_unknown: open, before_sensitive: false, after_sensitive: {} },
  };
}

/** The values of a body and which of them are open. What it leaves unset is null, a block an empty list. */
function valuesOf(evaluate: Evaluation, body: Body, shape: Shape) {
  const after: Body = {};
  const open: Body = {};
  for (const [name, kind] of Object.entries(shape)) {
    if (name === '' || name === 'timeouts') continue;
    if (name in body && typeof kind === 'object') {
      const blocks = (body[name] as Body[]).map((block) => valuesOf(evaluate, block, kind));
      after[name] = blocks.map((block) => block.after);
      open[name] = blocks.map((block) => block.open);
    } else if (name in body) {
      const split = splitOpen(evaluate.value(body[name]));
      if (split.open !== true) after[name] = split.after;
      if (split.open !== false) open[name] = split.open;
    } else after[name] = typeof kind === 'object' ? [] : null;
  }
  const odd = Object.keys(body).filter((name) => !(name in shape) && !meta.has(name));
  assert.deepEqual(odd, [], 'arguments the provider does not take');
  return { after, open };
}

function splitOpen(value: unknown): { after: unknown; open: unknown } {
  if (value === unknown) return { after: null, open: true };
  if (Array.isArray(value)) {
    const items = value.map(splitOpen);
    return { after: items.map(({ after }) => after), open: items.map(({ open }) => open) };
  }
  return { after: value, open: false };
}

function expressionsOf(body: Body, shape: Shape): Body {
  return Object.fromEntries(
    Object.entries(body)
      .filter(([name]) => !meta.has(name))
      .map(([name, value]) => {
        const kind = shape[name];
        if (typeof kind !== 'object') return [name, expressionOf(value)];
        return [name, (value as Body[]).map((block) => expressionsOf(block, kind))];
      }),
  );
}

function expressionOf(value: unknown): object {
  const references = referencesIn(value);
  return references.length > 0 ? { references } : { constant_value: value };
}

class Evaluation {
  /** JSON of each policy document that can be read while planning. */
  readonly documents = new Map<string, string | typeof unknown>();

  constructor(
    private readonly module: Module,
    private readonly world: World,
  ) {
    for (const { address, type, body } of module.data)
      if (type === 'data.aws_iam_policy_document') this.documents.set(address, this.document(body));
  }

  value(written: unknown): unknown {
    if (Array.isArray(written)) return written.map((item) => this.value(item));
    if (typeof written === 'object' && written !== null) {
      const entries = Object.entries(written).map(([key, item]) => [key, this.value(item)]);
      assert.ok(!entries.some(([, item]) => item === unknown), 'a map with what is not known');
      return Object.fromEntries(entries);
    }
    if (typeof written !== 'string') return written;
    if (isWhole(written)) return this.expression(written.slice(2, -1));
    let open = false;
    const text = written.replace(/\$\$\{|\$\{([^}]*)\}/g, (_, inside: string | undefined) => {
      if (inside === undefined) return '${';
      const value = this.expression(inside);
      if (value === unknown) open = true;
      return String(value);
    });
    return open ? unknown : text;
  }

  private expression(text: string): unknown {
    const encoded = /^base64encode\(([\s\S]*)\)$/.exec(text);
    if (encoded) return Buffer.from(String(this.expression(encoded[1] as string))).toString('base64');
    const choice = /^(var\.\w+) \? (\d+|"\w+") : (\d+|"\w+")$/.exec(text);
    if (choice) return JSON.parse((this.reference(choice[1] as string) ? choice[2] : choice[3]) as string);
    const cut = /^substr\(sha256\(("[^"]*")\), 0, (\d+)\)$/.exec(text);
    if (cut) return digest(String(this.value(JSON.parse(cut[1] as string)))).slice(0, Number(cut[2]));
    // Tags say nothing to the gate.
    if (/^merge\(var\.(tags|labels), \{/.test(text)) return {};
    const empty = /^(var\.\w+) == "" \? (\d+) : (\d+)$/.exec(text);
    if (empty) return Number(this.reference(empty[1] as string) === '' ? empty[2] : empty[3]);
    if (text.startsWith('one([for each in google_assured_workloads_workload.')) return unknown;
    const both = /^concat\((\["[^\]]*\]), (var\.\w+)\)$/.exec(text);
    if (both) return [...JSON.parse(both[1] as string), ...(this.reference(both[2] as string) as string[])];
    const joined = /^join\(("[^"]*"), \[([\s\S]*?),?\s*\]\)$/.exec(text);
    if (joined) return JSON.parse(`[${joined[2]}]`).join(JSON.parse(joined[1] as string));
    const part = /^split\("\/", (var\.\w+)\)\[(\d+)\]$/.exec(text);
    if (part) return String(this.reference(part[1] as string)).split('/')[Number(part[2])];
    assert.match(text, /^(?:data\.)?\w+(?:\.\w+)+(?:\[\d+\](?:\.\w+)*)?$/, 'an expression the test does not know');
    return this.reference(text);
  }

  private reference(text: string): unknown {
    const known = this.world.known?.[text];
    if (known !== undefined) return known;
    const [head = '', name = '', third = ''] = text.split('.');
    if (head === 'local') return this.value(this.module.locals[name]);
    if (head === 'var') return this.variable(name);
    if (head === 'data' && name === 'aws_partition') return this.world.partition;
    if (head === 'data' && name === 'aws_availability_zones') {
      const index = Number(/\[(\d)\]$/.exec(text)?.[1]);
      return `${this.variable('region')}${'abc'.charAt(index)}`;
    }
    if (head === 'data' && name === 'azurerm_client_config') return '0f3c6f0e-51c5-4d5e-9a53-6b1d9c7a2e48';
    if (head === 'data') {
      const document = this.documents.get(`data.${name}.${third}`);
      assert.ok(document !== undefined, `${text} names no data source, or one that is read later`);
      return document;
    }
    const resource = this.module.resource.find(({ address }) => address === addressIn(text));
    assert.ok(resource, `${text} names no resource`);
    // What is configured is known; what is not, the provider makes.
    return third in resource.body ? this.value(resource.body[third]) : unknown;
  }

  private variable(name: string): unknown {
    const variable = this.module.variables[name];
    assert.ok(variable, `var.${name} is not declared`);
    if (name === 'account_id') return this.world.account;
    const given = this.world.variables?.[name];
    if (given !== undefined) return given;
    assert.ok('default' in variable, `var.${name} has no default`);
    return variable.default;
  }

  /** The JSON of a policy document, as the provider writes it; unknown where any part of it is. */
  private document(body: Body): string | typeof unknown {
    const statements = ((body.statement ?? []) as Body[]).map((block) => {
      const each = (key: string) => ((block[key] ?? []) as Body[]).map((inner) => this.value(inner) as Body);
      if (!isKnown(this, block)) return unknown;
      const condition: { [test: string]: { [variable: string]: unknown } } = {};
      for (const { test, variable, values } of each('condition')) {
        condition[String(test)] = { ...condition[String(test)], [String(variable)]: only(values as unknown[]) };
      }
      const principal: { [type: string]: unknown } = {};
      for (const { type, identifiers } of each('principals')) principal[String(type)] = only(identifiers as unknown[]);
      return {
        ...('sid' in block ? { Sid: block.sid } : {}),
        Effect: block.effect ?? 'Allow',
        Action: only(this.value(block.actions) as unknown[]),
        Resource: only((this.value(block.resources) as unknown[] | undefined) ?? []),
        ...('principals' in block ? { Principal: '*' in principal ? '*' : principal } : {}),
        ...('condition' in block ? { Condition: condition } : {}),
      };
    });
    if (statements.includes(unknown)) return unknown;
    return JSON.stringify({ Version: '2012-10-17', Statement: statements });
  }
}

const only = (values: readonly unknown[]): unknown => (values.length === 1 ? values[0] : values);

function isKnown(evaluate: Evaluation, value: unknown): boolean {
  if (typeof value === 'string') return evaluate.value(value) !== unknown;
  if (Array.isArray(value)) return value.every((item) => isKnown(evaluate, item));
  return typeof value !== 'object' || value === null || Object.values(value).every((item) => isKnown(evaluate, item));
}
