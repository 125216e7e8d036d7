import type { KubernetesObject } from './objects.js';

/** Kinds of controllers that deploy what other files say. */
const deployers: ReadonlyMap<string, string> = new Map([
  ['Application.argoproj.io', 'what is in the repository it deploys'],
  ['ApplicationSet.argoproj.io', 'what is in the repositories it deploys'],
  ['App.kappctrl.k14s.io', 'what is in the sources it deploys'],
  ['Bundle.fleet.cattle.io', 'the objects in it'],
  ['GitRepo.fleet.cattle.io', 'what is in the repository it deploys'],
  ['HelmChart.helm.cattle.io', 'what the chart makes'],
  ['HelmRelease.helm.toolkit.fluxcd.io', 'what the chart makes'],
  ['Kustomization.kustomize.toolkit.fluxcd.io', 'what is in the repository it deploys'],
  ['Object.kubernetes.crossplane.io', 'the object in it'],
  ['PackageInstall.packaging.carvel.dev', 'what the package makes'],
  ['Release.helm.crossplane.io', 'what the chart makes'],
  ['Subscription.operators.coreos.com', 'what the operator makes'],
  ['Terraform.infra.contrib.fluxcd.io', 'what the module makes'],
  ['Terraform.infra.toolkit.fluxcd.io', 'what the module makes'],
  ['Workspace.app.terraform.io', 'what the workspace makes'],
]);

/** Groups whose objects are resources of a cloud in words of their own: AWS's controllers, Crossplane, Azure's and Google's operators. */
const clouds =
  /(?:^|\.)(?:services\.k8s\.aws|(?:aws|azure|gcp)(?:\.m)?\.upbound\.io|(?:aws|azure|gcp)\.crossplane\.io|cnrm\.cloud\.google\.com)$|^[a-z]+\.azure\.com$/;

/** What a controller makes of an object, which nobody can look at here; undefined for most. */
export function madeOf({ type, group }: KubernetesObject): string | undefined {
  if (!group.includes('.')) return undefined;
  return deployers.get(type) ?? (clouds.test(group) ? 'the resource of a cloud it makes' : undefined);
}
