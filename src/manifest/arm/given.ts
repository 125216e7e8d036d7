/** What the reader of an ARM template is told beside its text. */
export interface AzureGiven {
  /** Where the boundary lets a resource group be. */
  locations: readonly string[];
  /** What `environment()` says in the boundary's cloud, as far as it is known. */
  environment: Readonly<Record<string, unknown>>;
}

/** Values of parameters: `values` as a parameters file of Azure types them, `texts` as other forms spell them. */
export interface GivenParameters {
  values: Readonly<Record<string, unknown>>;
  texts: Readonly<Record<string, string>>;
}
