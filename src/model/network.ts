/** The network endpoints are reached through: one to create for each of them, or one that is there. */
export type Network =
  | { create: { cidr: string } }
  | { existing: { vpc: string; cidr: string; subnets: readonly string[] } };
