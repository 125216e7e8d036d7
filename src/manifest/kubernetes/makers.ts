import type { Raw } from '../yaml/tree.js';
import { isBuiltIn } from './kinds.js';
import { orUnknown } from './later.js';
import type { KubernetesObject } from './objects.js';
import { hasWorkloads } from './pod-templates.js';
import { itemsAt, mapAt } from './value.js';

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

/** Kinds by which the API server or a policy engine changes what others ask for, or adds to it. */
const changers =
  /^(?:MutatingAdmissionPolicy|(?:Namespaced)?(?:Mutating|Generating)Policy\.policies\.kyverno\.io|(?:Assign|AssignImage|ModifySet)\.mutations\.gatekeeper\.sh)$/;

/** Of these only some rules do. */
const ruled = /^(?:Cluster)?Policy\.kyverno\.io$/;

/** What a controller makes of an object, which nobody can look at here; undefined for most. */
export function madeOf(object: KubernetesObject): string | undefined {
  const { type, group } = object;
  if (!group.includes('.')) return undefined;
  if (changers.test(type) || (ruled.test(type) && hasChange(object)))
    return 'what it makes of objects on their way into the cluster';
  if (type === 'MutatingWebhookConfiguration')
    return hasCall(object) ? 'what its webhooks make of objects on their way into the cluster' : undefined;
  return deployers.get(type) ?? (clouds.test(group) ? 'the resource of a cloud it makes' : undefined);
}

/** Whether a rule of the policy changes or makes anything; one that is not known may. */
function hasChange({ raw }: KubernetesObject): boolean {
  const said = orUnknown(() =>
    itemsAt(mapAt(raw, 'spec'), 'rules').some(
      (rule) => rule.kind === 'map' && (rule.entries.has('mutate') || rule.entries.has('generate')),
    ),
  );
  return said !== false;
}

/** Whether a webhook is asked of objects that are judged as they are written; most fill in custom objects of their own. */
function hasCall({ raw }: KubernetesObject): boolean {
  const said = orUnknown(() =>
    itemsAt(raw, 'webhooks').some((webhook) =>
      itemsAt(webhook, 'rules').some(
        (rule) =>
          itemsAt(rule, 'operations').some((each) => isWrite(wordOf(each))) &&
          itemsAt(rule, 'apiGroups').some((each) => isJudged(wordOf(each))),
      ),
    ),
  );
  return said !== false;
}

const wordOf = (raw: Raw): string => (raw.kind === 'scalar' ? String(raw.value) : '');

const isWrite = (operation: string): boolean => !/^(?:DELETE|CONNECT)$/.test(operation);

/** What another tool fills in may be any group. */
const isJudged = (group: string): boolean => /[*${]/.test(group) || isBuiltIn(group) || hasWorkloads(group);
