/** Types that make what their template does not show → what each makes. A deployment whose template is in the file is followed. */
const makers: readonly (readonly [RegExp, what: string])[] = [
  [/^microsoft\.resources\/deploymentstacks$/i, 'what the template of its stack makes'],
  [/^microsoft\.solutions\/applications$/i, 'what the managed application makes'],
  [/^microsoft\.kubernetesconfiguration\/fluxconfigurations$/i, 'what is in the repository it deploys'],
];

/** What a resource makes beside itself; undefined for most. */
export const madeBy = (type: string): string | undefined => makers.find(([pattern]) => pattern.test(type))?.[1];
