import type { PlanningBase } from '#model/base.js';
import type { Endpoint, SagemakerEndpoint } from '#model/endpoint.js';
import { severities } from '#model/severity.js';
import type { System } from '#model/system.js';
import { sayTheSame, type Waiver } from '#model/waiver.js';
import { azureModelFault } from './azure-model-fault.js';
import { chooseBaseline, isFault } from './choose-baseline.js';
import { isDay } from './day.js';
import { eksVllmFaults } from './eks-vllm-faults.js';
import { familyFault } from './family-fault.js';
import { inheritedFaults } from './inherited-faults.js';
import { mantleModelFault } from './mantle-model-fault.js';
import { modelFault } from './model-fault.js';
import { networkFaults } from './network-faults.js';
import { homeFault, partitionsOf, regionsOf, spellingFaults } from './place-fault.js';
import { recordFaults } from './record-faults.js';
import type { Fault } from './schema-problem.js';
import { orList, show } from './show.js';
import { didYouMean } from './suggest.js';

/** What a well-formed system file says that cannot be: names used twice, places outside the boundary, unknown ids. */
export function meaningFaults(system: System, base: PlanningBase): Fault[] {
  const baseline = chooseBaseline(system, base);
  return [
    ...(isFault(baseline) ? [baseline] : []),
    ...boundaryFaults(system, base),
    ...networkFaults(system),
    ...spellingFaults(system, base),
    ...system.endpoints.flatMap((endpoint, index) => endpointFaults(endpoint, index, system, base)),
    ...system.endpoints.flatMap(recordFaults),
    ...settingFaults(system, base),
    ...inheritedFaults(system, base),
    ...waiverFaults(system.waivers ?? [], base),
    ...limitFaults(system, base),
  ];
}

function boundaryFaults(system: System, base: PlanningBase): Fault[] {
  const { partition, regions, account, trustedAccounts } = system.boundary;
  const known = regionsOf(partition, base);
  if (!known) {
    const ids = partitionsOf(base);
    return [
      {
        path: ['boundary', 'partition'],
        message: `boundary.partition: ${show(partition)} is not one of ${ids.join(', ')}. ${stateIt}`,
      },
    ];
  }
  // Whose a policy names is asked only where the own account is known.
  if (trustedAccounts && account === undefined) {
    const message =
      'boundary.trustedAccounts: nothing is held against these without boundary.account. State it as well.';
    return [{ path: ['boundary', 'trustedAccounts'], message }];
  }
  return regions.flatMap((region, index) => {
    if (known.includes(region)) return [];
    const message = `boundary.regions[${index}]: ${show(region)} is not a region of ${partition}: ${known.join(', ')}. ${stateIt}`;
    return [{ path: ['boundary', 'regions', index], message }];
  });
}

/** The next step for a place the data do not know. */
const stateIt =
  'If it is one, state the partition with all its regions, source and date in a boundary file (--boundary, or boundary.data).';

function endpointFaults(endpoint: Endpoint, index: number, system: System, base: PlanningBase): Fault[] {
  const faults: Fault[] = [];
  const complain = (field: string, message: string) =>
    faults.push({ path: ['endpoints', index, field], message: `endpoints[${index}].${field}: ${message}` });
  const first = system.endpoints.findIndex((other) => other.name === endpoint.name);
  if (first !== index) complain('name', `${show(endpoint.name)} is already the name of endpoints[${first}].`);
  const home = homeFault(endpoint, system, base);
  if (home !== undefined) {
    complain('kind', home);
    return faults;
  }
  const { regions } = system.boundary;
  if (!regions.includes(endpoint.region)) {
    complain('region', `${show(endpoint.region)} is outside the boundary, which has ${orList(regions)}.`);
  }
  const deployable = base.boundary.kinds?.find((each) => each.kind === endpoint.kind);
  if (deployable && !deployable.regions.includes(endpoint.region)) {
    const where = `${endpoint.kind} endpoints can be deployed in ${orList(deployable.regions)} only`;
    complain('region', `${where} (${deployable.source}, ${deployable.date}).`);
  }
  for (const { field, message } of kindFaults(endpoint, system, base)) complain(field, message);
  return faults;
}

interface FieldFault {
  field: string;
  message: string;
}

/** What only endpoints of its kind can have wrong. */
function kindFaults(endpoint: Endpoint, system: System, { boundary }: PlanningBase): readonly FieldFault[] {
  const one = (field: string, message: string | undefined): FieldFault[] =>
    message === undefined ? [] : [{ field, message }];
  switch (endpoint.kind) {
    case 'bedrock':
      return one('model', modelFault(endpoint, system.boundary, boundary));
    case 'bedrock-mantle':
      return one('model', mantleModelFault(endpoint, boundary));
    case 'sagemaker':
      return [...one('instanceType', familyFault(endpoint, boundary)), ...one('image', imageFault(endpoint))];
    case 'eks-vllm':
      return eksVllmFaults(endpoint, boundary);
    case 'azure-openai': {
      const cloud = boundary.clouds?.find(({ id }) => id === system.boundary.partition);
      return one('model', azureModelFault(endpoint, system.boundary, cloud));
    }
    case 'vertex-ai':
      return [];
  }
}

function imageFault({ image, region }: SagemakerEndpoint): string | undefined {
  const from = /\.dkr\.ecr\.([a-z0-9-]+)\./.exec(image)?.[1];
  if (from === region) return undefined;
  return `the image is in ${from}, but SageMaker pulls from the endpoint’s own region, ${region}.`;
}

function settingFaults(system: System, base: PlanningBase): Fault[] {
  const given = Object.keys(system.settings ?? {});
  if (given.length === 0) return [];
  const known = [...new Set(base.requirements.flatMap((requirement) => Object.keys(requirement.settings)))].sort();
  return given.flatMap((id) => {
    if (known.includes(id)) return [];
    const message = `settings: ${show(id)} is not a setting.${didYouMean(id, known)} rampart plan lists the settings there are.`;
    return [{ path: ['settings', id], key: true, message }];
  });
}

/** Days that are not in the calendar (2027-02-30) are caught here; expired waivers are no fault, they just do not hold. */
export function waiverFaults(waivers: readonly Waiver[], base: Pick<PlanningBase, 'requirements'>): Fault[] {
  const known = base.requirements.map((requirement) => requirement.id);
  return waivers.flatMap((waiver, index) => {
    const faults: Fault[] = [];
    const complain = (field: string, message: string) =>
      faults.push({ path: ['waivers', index, field], message: `waivers[${index}].${field}: ${message}` });
    if (!known.includes(waiver.requirement)) {
      complain(
        'requirement',
        `${show(waiver.requirement)} is not a requirement.${didYouMean(waiver.requirement, known)}`,
      );
    }
    for (const field of ['approved', 'expires'] as const) {
      const date = waiver[field];
      if (date !== undefined && !isDay(date)) complain(field, `${show(date)} is not a day of the calendar.`);
    }
    const first = waivers.findIndex((other) => sayTheSame(other, waiver));
    if (first !== index) complain('resource', `waivers[${first}] already waives this requirement for this resource.`);
    return faults;
  });
}

/** Limits for waivers may be stricter than Rampart's own, not looser. */
function limitFaults({ gate }: System, { waiverLimits }: PlanningBase): Fault[] {
  const { maxDays = {}, mostFindings } = gate?.waivers ?? {};
  const faults: Fault[] = [];
  const complain = (path: readonly string[], own: number, most: number) => {
    const message = `gate.waivers.${path.join('.')}: ${own} is looser than Rampart’s own limit, ${most}.`;
    faults.push({ path: ['gate', 'waivers', ...path], message });
  };
  for (const severity of severities) {
    const own = maxDays[severity];
    const most = waiverLimits.maxDays[severity];
    if (own !== undefined && own > most) complain(['maxDays', severity], own, most);
  }
  const most = waiverLimits.mostFindings;
  if (mostFindings !== undefined && mostFindings > most) complain(['mostFindings'], mostFindings, most);
  return faults;
}
