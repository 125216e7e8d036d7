const cidr = (description: string) => ({
  type: 'string',
  title: 'an IPv4 range such as 10.20.0.0/16',
  description,
  pattern:
    '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])/(1[6-9]|2[0-8])$',
  examples: ['10.20.0.0/16'],
});

/** Ids of networks in Azure and Google Cloud. */
const virtualNetwork =
  '/subscriptions/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/resourceGroups/[A-Za-z0-9_.()-]{1,90}/providers/Microsoft[.]Network/virtualNetworks/[A-Za-z0-9][A-Za-z0-9._-]{0,63}';
const googleProject = 'projects/[a-z][a-z0-9-]{4,28}[a-z0-9]';

/** Spelled out in place wherever a network may stand, for the reason `endpoint-schema.ts` gives. */
export const network = {
  type: 'object',
  title: 'either create or existing',
  description: 'The network endpoints are reached through: one to create, or an existing one.',
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
  properties: {
    create: {
      type: 'object',
      description: 'Create a VPC without a route to the internet.',
      required: ['cidr'],
      additionalProperties: false,
      properties: { cidr: cidr('Private IPv4 range of the VPC to create, /16 to /26.') },
    },
    existing: {
      type: 'object',
      description: 'Use a VPC that is there. Its routes and flow logs stay the business of whoever runs it.',
      required: ['vpc', 'cidr', 'subnets'],
      additionalProperties: false,
      // A subnet of AWS is in one zone; those of Azure and Google Cloud span the region.
      if: { properties: { vpc: { type: 'string', pattern: '^vpc-' } }, required: ['vpc'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: {
        properties: {
          subnets: {
            type: 'array',
            title: 'subnets in at least two availability zones',
            description: 'Private subnets, in at least two availability zones.',
            minItems: 2,
          },
        },
      },
      properties: {
        vpc: {
          type: 'string',
          title: 'a VPC id such as vpc-0123456789abcdef0',
          description:
            'Id of the VPC: vpc-…, /subscriptions/…/virtualNetworks/… in Azure, projects/…/global/networks/… in Google Cloud.',
          maxLength: 400,
          pattern: `^(vpc-([0-9a-f]{8}|[0-9a-f]{17})|${virtualNetwork}|${googleProject}/global/networks/[a-z][a-z0-9-]{0,62})$`,
        },
        cidr: cidr('IPv4 range of the VPC: clients in it may reach the endpoints.'),
        subnets: {
          type: 'array',
          title: 'private subnets',
          description: 'Private subnets: in AWS in at least two availability zones, elsewhere one.',
          minItems: 1,
          maxItems: 16,
          uniqueItems: true,
          items: {
            type: 'string',
            title: 'a subnet id such as subnet-0123456789abcdef0',
            maxLength: 400,
            pattern: `^(subnet-([0-9a-f]{8}|[0-9a-f]{17})|${virtualNetwork}/subnets/[A-Za-z0-9][A-Za-z0-9._-]{0,79}|${googleProject}/regions/[a-z0-9-]{4,30}/subnetworks/[a-z][a-z0-9-]{0,62})$`,
          },
        },
      },
    },
  },
} as const;
