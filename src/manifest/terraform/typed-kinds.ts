import { type Shape, shapeOf } from './form.js';

/** A kind the provider hashicorp/kubernetes has a resource type of its own for; see `shapeOf` for how its shape is written. */
interface Kind {
  apiVersion: string;
  kind: string;
  shape: string;
}

// What nobody may set in an object, and what the provider keeps for itself, is left aside.
const common = 'annotations labels generate_name -generation -resource_version -self_link -uid';
const metadata = `metadata{${common} name namespace=default}`;
const clusterMetadata = `metadata{${common} name}`;
const templateMetadata = `metadata{${common} name namespace}`;
const own = '-id -timeouts';
const balanced = '-load_balancer_ingress -status -wait_for_load_balancer';

const expressions = 'match_expressions[key operator values]';
const labels = `match_labels ${expressions}`;
const selector = `selector{${labels}}`;
const reference = 'name namespace';
const resources = 'resources~{limits requests}';
const items = 'items[key mode% path]';
const fieldRef = 'field_ref{api_version field_path} resource_field_ref{container_name divisor resource}';

const handler =
  'exec{command} http_get{host path port# scheme http_header>httpHeaders[name value]} tcp_socket{port#} grpc{port# service}';
const probe = `failure_threshold initial_delay_seconds period_seconds success_threshold timeout_seconds ${handler}`;
const seLinux = 'se_linux_options{level role type user}';
const seccomp = 'seccomp_profile{localhost_profile type}';
const windows =
  'windows_options{gmsa_credential_spec gmsa_credential_spec_name host_process run_as_username>runAsUserName}';

/** Where a block says nothing of `run_as_non_root`, false is sent, which is another thing than nothing in a container. */
const identity = `run_as_group# run_as_non_root=false run_as_user# ${seLinux} ${seccomp} ${windows}`;

const env = `env[name value value_from{config_map_key_ref{key name optional} secret_key_ref{key name optional} ${fieldRef}}]`;

const container = `args command image image_pull_policy name restart_policy stdin stdin_once termination_message_path
  termination_message_policy tty working_dir
  ${env}
  env_from[prefix config_map_ref{name optional} secret_ref{name optional}]
  lifecycle{post_start{${handler}} pre_stop{${handler}}}
  liveness_probe{${probe}} readiness_probe{${probe}} startup_probe{${probe}}
  port>ports[container_port host_ip host_port name protocol] ${resources}
  security_context{allow_privilege_escalation=true privileged read_only_root_filesystem capabilities{add drop} ${identity}}
  volume_device>volumeDevices[device_path name]
  volume_mount>volumeMounts[mount_path mount_propagation name read_only sub_path sub_path_expr]`;

/** Where data of volumes are that pods and persistent volumes can both name. */
const sources = `aws_elastic_block_store{fs_type partition read_only volume_id}
  azure_disk{caching_mode data_disk_uri>diskURI disk_name fs_type kind read_only}
  azure_file{read_only secret_name secret_namespace share_name}
  ceph_fs>cephfs{monitors path read_only secret_file user secret_ref{${reference}}}
  cinder{fs_type read_only volume_id}
  csi{driver fs_type read_only volume_attributes volume_handle controller_expand_secret_ref{${reference}}
    controller_publish_secret_ref{${reference}} node_publish_secret_ref{${reference}} node_stage_secret_ref{${reference}}}
  fc{fs_type lun# read_only target_ww_ns>targetWWNs}
  flex_volume{driver fs_type options read_only secret_ref{${reference}}}
  flocker{dataset_name dataset_uuid}
  gce_persistent_disk{fs_type partition pd_name read_only}
  glusterfs{endpoints_name>endpoints path read_only}
  host_path{path type}
  iscsi{fs_type iqn iscsi_interface lun# read_only target_portal}
  local{path}
  nfs{path read_only server}
  photon_persistent_disk{fs_type pd_id}
  quobyte{group read_only registry user volume}
  rbd{ceph_monitors>monitors fs_type keyring rados_user>user rbd_image>image rbd_pool>pool read_only secret_ref{${reference}}}
  vsphere_volume{fs_type volume_path}`;

const claim = `access_modes storage_class_name volume_mode volume_name ${resources} ${selector}`;
const downward = `items[mode% path ${fieldRef}]`;

const volume = `name ${sources}
  config_map{default_mode% name optional ${items}}
  downward_api{default_mode% ${downward}}
  empty_dir{medium size_limit}
  ephemeral{volume_claim_template{metadata{${common} name namespace} spec{${claim}}}}
  git_repo{directory repository revision}
  persistent_volume_claim{claim_name read_only}
  projected{default_mode% sources[config_map{name optional ${items}} downward_api{${downward}} secret{name optional ${items}}
    service_account_token{audience expiration_seconds path}]}
  secret{default_mode% optional secret_name ${items}}`;

const nodeTerm = `${expressions} match_fields[key operator values]`;
const nodeTerms = `node_selector_term>nodeSelectorTerms[${nodeTerm}]`;
const podTerm = `namespaces topology_key label_selector{${labels}} namespace_selector{${labels}}`;
const podTerms = `required_during_scheduling_ignored_during_execution[${podTerm}]
  preferred_during_scheduling_ignored_during_execution[weight pod_affinity_term{${podTerm}}]`;

const pod = `active_deadline_seconds automount_service_account_token=true dns_policy enable_service_links host_ipc host_network
  host_pid hostname node_name node_selector priority_class_name restart_policy runtime_class_name scheduler_name
  service_account_name share_process_namespace subdomain termination_grace_period_seconds#
  affinity{node_affinity{required_during_scheduling_ignored_during_execution{${nodeTerms}}
      preferred_during_scheduling_ignored_during_execution[weight preference{${nodeTerm}}]}
    pod_affinity{${podTerms}} pod_anti_affinity{${podTerms}}}
  container>containers[${container}] init_container>initContainers[${container}]
  dns_config{nameservers searches option>options[name value]}
  host_aliases~[hostnames ip] image_pull_secrets~[name] os{name} readiness_gate>readinessGates~[condition_type]
  security_context{fs_group# fs_group_change_policy supplemental_groups sysctl>sysctls[name value] ${identity}}
  toleration>tolerations[effect key operator toleration_seconds# value]
  topology_spread_constraint>topologySpreadConstraints[match_label_keys max_skew min_domains node_affinity_policy
    node_taints_policy topology_key when_unsatisfiable label_selector{${labels}}]
  volume>volumes[${volume}]`;

const template = `template{${templateMetadata} spec{${pod}}}`;
const rolling = 'rolling_update{max_surge# max_unavailable# partition#}';
const job = `active_deadline_seconds backoff_limit# backoff_limit_per_index# completion_mode completions# manual_selector
  max_failed_indexes# parallelism# ttl_seconds_after_finished# ${selector} ${template}
  pod_failure_policy{rule>rules[action on_exit_codes{container_name operator values} on_pod_condition>onPodConditions[status type]]}`;
const peer = `ip_block{cidr except} namespace_selector{${labels}} pod_selector{${labels}}`;
const ports = 'ports[end_port port# protocol]';
const subject = 'subject>subjects[api_group kind name namespace]';
const roleRef = 'role_ref{api_group kind name}';
const rule = 'rule>rules[api_groups non_resource_urls resource_names resources verbs]';
const account = `${own} -default_secret_name automount_service_account_token=true image_pull_secret>imagePullSecrets[name] secret>secrets[name]`;
const backend = 'service_name service_port# resource{api_group kind name} service{name port{name number}}';
const target = 'target{average_utilization average_value type value}';
const metric = `metric{name selector{${labels}}} ${target}`;
const scaling = 'select_policy stabilization_window_seconds# policy>policies[period_seconds type value]';

const address = 'hostname ip node_name';
const webhook = `admission_review_versions failure_policy match_policy name side_effects timeout_seconds reinvocation_policy
  client_config{ca_bundle url service{name namespace path port}} namespace_selector{${labels}} object_selector{${labels}}
  rule>rules[api_groups api_versions operations resources scope]`;
const webhooks = `${own} ${clusterMetadata} webhook>webhooks[${webhook}]`;

const daemonSet: Kind = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  shape: `${own} -wait_for_rollout ${metadata}
    spec{min_ready_seconds revision_history_limit# ${selector} ${template} strategy>updateStrategy~{type ${rolling}}}`,
};

/** Type without `kubernetes_` and the version at its end → what it makes. Older and newer versions of one differ in few attributes. */
const kinds: Readonly<Record<string, Kind>> = {
  api_service: {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    shape: `${own} ${clusterMetadata} spec{ca_bundle group group_priority_minimum insecure_skip_tls_verify>insecureSkipTLSVerify
      version version_priority service{name namespace port}}`,
  },
  cluster_role: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    shape: `${own} ${clusterMetadata} ${rule} aggregation_rule{cluster_role_selectors[${labels}]}`,
  },
  cluster_role_binding: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    shape: `${own} ${clusterMetadata} ${roleRef} ${subject}`,
  },
  config_map: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    shape: `${own} ${metadata} binary_data data immutable`,
  },
  cron_job: {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    shape: `${own} ${metadata} spec{concurrency_policy failed_jobs_history_limit# schedule starting_deadline_seconds
      successful_jobs_history_limit# suspend timezone>timeZone job_template{${templateMetadata} spec{${job}}}}`,
  },
  csi_driver: {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSIDriver',
    shape: `${own} ${clusterMetadata} spec{attach_required pod_info_on_mount volume_lifecycle_modes}`,
  },
  daemon_set: daemonSet,
  daemonset: daemonSet,
  default_service_account: {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    shape: `${account} metadata{${common} name=default namespace=default}`,
  },
  deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    shape: `${own} -wait_for_rollout ${metadata} spec{min_ready_seconds paused progress_deadline_seconds replicas#
      revision_history_limit# ${selector} ${template} strategy~{type ${rolling}}}`,
  },
  endpoint_slice: {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    shape: `${own} ${metadata} address_type endpoint>endpoints[addresses hostname node_name zone condition>conditions{ready serving
      terminating} target_ref{field_path name namespace resource_version uid}] port>ports[app_protocol name port# protocol]`,
  },
  endpoints: {
    apiVersion: 'v1',
    kind: 'Endpoints',
    shape: `${own} ${metadata} subset>subsets[address>addresses[${address}] not_ready_address>notReadyAddresses[${address}]
      port>ports[name port protocol]]`,
  },
  horizontal_pod_autoscaler: {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    shape: `${own} ${metadata} spec{max_replicas# min_replicas# target_cpu_utilization_percentage
      behavior{scale_down{${scaling}} scale_up{${scaling}}} scale_target_ref{api_version kind name}
      metric>metrics~[type container_resource{container name ${target}} external{${metric}} pods{${metric}} resource{name ${target}}
        object{described_object{api_version kind name} ${metric}}]}`,
  },
  ingress: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    shape: `${own} ${balanced} ${metadata} spec{ingress_class_name backend{${backend}}
      default_backend{${backend}} rule>rules[host http{path>paths[path path_type backend{${backend}}]}] tls[hosts secret_name]}`,
  },
  ingress_class: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    shape: `${own} ${clusterMetadata} spec{controller parameters{api_group kind name namespace scope}}`,
  },
  job: {
    apiVersion: 'batch/v1',
    kind: 'Job',
    shape: `${own} -wait_for_completion ${metadata} spec{${job}}`,
  },
  limit_range: {
    apiVersion: 'v1',
    kind: 'LimitRange',
    shape: `${own} ${metadata} spec{limit>limits[default default_request max max_limit_request_ratio min type]}`,
  },
  mutating_webhook_configuration: {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    shape: webhooks,
  },
  namespace: {
    apiVersion: 'v1',
    kind: 'Namespace',
    shape: `${own} -wait_for_default_service_account ${clusterMetadata}`,
  },
  network_policy: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    shape: `${own} ${metadata} spec{policy_types pod_selector{${labels}} ingress[from[${peer}] ${ports}] egress[to[${peer}] ${ports}]}`,
  },
  node_taint: {
    apiVersion: 'v1',
    kind: 'Node',
    // Which nodes a pod goes to is nobody's question.
    shape: `${own} -field_manager -force -taint metadata{name}`,
  },
  persistent_volume: {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    shape: `${own} ${clusterMetadata} spec{access_modes capacity mount_options persistent_volume_reclaim_policy storage_class_name
      volume_mode claim_ref{${reference}} node_affinity~{required{${nodeTerms}}} persistent_volume_source>{${sources}}}`,
  },
  persistent_volume_claim: {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    shape: `${own} -wait_until_bound ${metadata} spec{${claim}}`,
  },
  pod: {
    apiVersion: 'v1',
    kind: 'Pod',
    shape: `${own} -target_state ${metadata} spec{${pod}}`,
  },
  pod_disruption_budget: {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    shape: `${own} ${metadata} spec{max_unavailable# min_available# ${selector}}`,
  },
  priority_class: {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    shape: `${own} ${clusterMetadata} description global_default preemption_policy value#`,
  },
  replication_controller: {
    apiVersion: 'v1',
    kind: 'ReplicationController',
    shape: `${own} ${metadata} spec{min_ready_seconds replicas# selector ${template}}`,
  },
  resource_quota: {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    shape: `${own} ${metadata} spec{hard scopes scope_selector{match_expression>matchExpressions[operator scope_name values]}}`,
  },
  role: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    shape: `${own} ${metadata} ${rule}`,
  },
  role_binding: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    shape: `${own} ${metadata} ${roleRef} ${subject}`,
  },
  runtime_class: {
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    shape: `${own} ${clusterMetadata} handler`,
  },
  secret: {
    apiVersion: 'v1',
    kind: 'Secret',
    // Both kinds of data are one in the object, and what is only written is in no plan but for its revision.
    shape: `${own} -wait_for_service_account_token ${metadata} data binary_data>stringData immutable type -binary_data_wo
      -data_wo data_wo_revision>data! binary_data_wo_revision>stringData!`,
  },
  secret_v1_data: {
    apiVersion: 'v1',
    kind: 'Secret',
    shape: `${own} -field_manager -force metadata{name namespace=default} data!`,
  },
  service: {
    apiVersion: 'v1',
    kind: 'Service',
    shape: `${own} ${balanced} ${metadata} spec{allocate_load_balancer_node_ports cluster_ip cluster_ips
      external_ips external_name external_traffic_policy health_check_node_port internal_traffic_policy ip_families
      ip_family_policy load_balancer_class load_balancer_ip load_balancer_source_ranges publish_not_ready_addresses selector
      session_affinity type port>ports[app_protocol name node_port port protocol target_port#]
      session_affinity_config{client_ip{timeout_seconds}}}`,
  },
  service_account: {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    shape: `${account} ${metadata}`,
  },
  stateful_set: {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    shape: `${own} -wait_for_rollout ${metadata} spec{min_ready_seconds pod_management_policy replicas# revision_history_limit#
      service_name ${selector} ${template} persistent_volume_claim_retention_policy~{when_deleted when_scaled}
      update_strategy~{type ${rolling}} volume_claim_template>volumeClaimTemplates[metadata{${common} name namespace} spec{${claim}}]}`,
  },
  storage_class: {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    shape: `${own} ${clusterMetadata} allow_volume_expansion mount_options parameters reclaim_policy storage_provisioner>provisioner
      volume_binding_mode allowed_topologies{match_label_expressions[key values]}`,
  },
  validating_webhook_configuration: {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    shape: webhooks,
  },
};

/** The variables `kubernetes_env` sets in a container of an object another resource makes. */
export const envShape = (): Shape => shapeOf(env);

/** What resources of a type make, and in what shape they say so. */
export interface TypedKind extends Omit<Kind, 'shape'> {
  shape: Shape;
}

const read = new Map<string, TypedKind>();

/** The kind a type of the provider makes; undefined for the types that make none, or one that is not read. */
export function typedKind(type: string): TypedKind | undefined {
  if (!type.startsWith('kubernetes_')) return undefined;
  const name = type.slice('kubernetes_'.length).replace(/_v\d+(?:(?:alpha|beta)\d+)?$/, '');
  const known = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (!known) return undefined;
  let kind = read.get(name);
  if (!kind) {
    kind = { ...known, shape: shapeOf(known.shape) };
    read.set(name, kind);
  }
  return kind;
}
