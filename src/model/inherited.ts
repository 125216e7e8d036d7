/**
 * What the system needs and somebody else provides, such as the trail of an organization: the manifests do not hold it, and it is not
 * missing. A statement of the system's owner, which Rampart has not looked into.
 */
export interface Inherited {
  requirement: string;
  /** Who provides it: a landing zone, an office, an authorized service. */
  from: string;
  /** Where it can be read: the package of an authorization, a security plan, an agreement. */
  reference: string;
  /** Day somebody last saw that it is there, `YYYY-MM-DD`. */
  seen: string;
}
