import { Ajv2020 } from 'ajv/dist/2020.js';
import { systemSchema, systemSchemaOptions } from '#model/system-schema.js';
import type { Validate } from '../../src/plan/read-system.js';

const compiled = new Ajv2020({ ...systemSchemaOptions, strict: true }).compile(systemSchema);

/** The validator the build would precompile. */
export const validate: Validate = (data) => (compiled(data) ? [] : (compiled.errors ?? []));
