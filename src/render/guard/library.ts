import type { Given } from '../formula/read.js';
import { alternatives, pattern } from './scalar.js';

/**
 * Rules other rules call. Guard reads templates as data: an intrinsic function is an object to it, which `not exists` and `!=` would
 * let pass. Where the answer of such a rule would be a guess it is no, as Rampart's gate says unknown.
 */
export const library: Readonly<Record<string, (given: Given) => string>> = {
  absent: () => `# Not there, or taken away by AWS::NoValue.
rule absent(value) {
  %value not exists
  or %value.Ref == 'AWS::NoValue'
}`,
  literal: () => `# Not worked out by an intrinsic function when the stack is made.
rule literal(value) {
  %value not exists
  or %value {
    this !is_struct
    or this[ keys == /^(Ref$|Fn::)/ ] empty
  }
}`,
  no_items: () => `# No list, or one without items.
rule no_items(value) {
  absent(%value)
  or %value {
    this is_list
    this[0] not exists
  }
}`,
  made: () => `# What an intrinsic function takes from a resource of this template, which is never nothing.
rule made(value) {
  resource(%value.Ref)
  or %value.'Fn::GetAtt' exists
  or %value.'Fn::Sub' exists
  or %value.'Fn::Join' exists
}

rule resource(id) {
  %resources.%id exists
}`,
  set: () => `# There and not empty; what a parameter will hold is not known.
rule set(value) {
  %value exists
  %value not in ['']
  %value {
    this !is_list
    or this[0] exists
  }
  literal(%value) or made(%value)
  %value {
    this !is_struct
    or this.* exists
  }
}`,
  unset: () => `# Not there, or empty.
rule unset(value) {
  absent(%value)
  or %value in ['']
  or %value {
    this is_list
    this[0] not exists
  }
  or %value {
    this is_struct
    this.* not exists
  }
}`,
  like: () => `# A text of this shape; of Fn::Sub one that leaves nothing open but where the stack is made.
rule like(value, shape) {
  %value == %shape
  or %value {
    this.'Fn::Sub' == %shape
    this.'Fn::Sub' == /^([^$]|\\$\\{AWS::(Region|Partition|AccountId|URLSuffix)\\})*$/
  }
}`,
  unlike:
    () => `# Nothing, or what is certainly not of a shape; the shape given is that of all others. Fn::Sub as before, but no ARN.
rule unlike(value, others) {
  absent(%value)
  or %value == %others
  or %value {
    this.'Fn::Sub' == %others
    this.'Fn::Sub' == /^([^$:]|\\$\\{AWS::(Region|AccountId|URLSuffix)\\})*$/
  }
  or %value {
    this !is_string
    this !is_struct
  }
}`,
  refers: () => `# A reference to a resource of this template that is of one of these types.
rule refers(value, types) {
  of_type(%value.Ref, %types)
  or of_type(%value.'Fn::GetAtt'[0], %types)
  or %value {
    this.'Fn::GetAtt' is_string
    let name = regex_replace(this.'Fn::GetAtt', '^([^.]*)[.].*$', '\${1}')
    of_type(%name, %types)
  }
}

rule of_type(id, types) {
  %resources.%id.Type in %types
}`,
  refers_elsewhere: () => `# Not a reference to a resource of these types.
rule refers_elsewhere(value, types) {
  absent(%value)
  or %value !is_struct
  or not_of_type(%value.Ref, %types)
  or not_of_type(%value.'Fn::GetAtt'[0], %types)
}

rule not_of_type(id, types) {
  %resources.%id exists
  %resources.%id.Type not in %types
}`,
  customer_key: ({ boundary: { partition, regions } }) => {
    const place = `arn:(${alternatives([partition])}|\\$\\{AWS::Partition\\}):kms:(${alternatives(regions)}|\\$\\{AWS::Region\\}):`;
    return `# A customer-managed KMS key in the boundary.
rule customer_key(value) {
  refers(%value, ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey', 'AWS::KMS::Alias'])
  or customer_key_name(%value)
  or customer_key_name(%value.'Fn::Sub')
}

rule customer_key_name(name) {
  %name is_string
  %name == ${pattern(`^(${place}.*:(key/.+|alias/(?!aws/|\\$\\{).+)|alias/(?!aws/|\\$\\{).+|(mrk-)?[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12})$`)}
}`;
  },
  arn_in_boundary: ({ boundary: { partition, regions } }) => {
    const place = `^(?!arn:)|^arn:(${alternatives([partition])}|\\$\\{AWS::Partition\\}):[^:]*:(${alternatives(regions)}|\\$\\{AWS::Region\\}|\\*)?:`;
    return `# No ARN, or one of the boundary.
rule arn_in_boundary(value) {
  made_here(%value)
  or %value == ${pattern(place)}
  or %value.'Fn::Sub' == ${pattern(place)}
}

rule made_here(value) {
  resource(%value.Ref)
  or %value.'Fn::GetAtt' exists
}

rule resource(id) {
  %resources.%id exists
}`;
  },
};

/** What a library rule calls itself. */
const calls: Readonly<Record<string, readonly string[]>> = {
  no_items: ['absent'],
  set: ['literal', 'made'],
  unset: ['absent'],
  unlike: ['absent'],
  refers_elsewhere: ['absent'],
  customer_key: ['refers'],
};

/** The texts of the rules called, in the order of the library, each helper once. */
export function libraryOf(called: ReadonlySet<string>, given: Given): string {
  const needed = new Set(called);
  for (const name of called) for (const other of calls[name] ?? []) needed.add(other);
  const rules = Object.entries(library).flatMap(([name, text]) => (needed.has(name) ? text(given).split('\n\n') : []));
  return [...new Set(rules)].join('\n\n');
}
