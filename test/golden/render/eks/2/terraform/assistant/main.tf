# Written by rampart render; change rampart.yaml, not this file.
# System case-ai, endpoint assistant, baseline fedramp-rev5-high. Which requirement and controls a line serves:
# rampart render --target terraform --explain

data "aws_partition" "current" {}

locals {
  partition  = data.aws_partition.current.partition
  trail_name = "rampart-case-ai-assistant"
  trail_arn  = "arn:${local.partition}:cloudtrail:${var.region}:${var.account_id}:trail/${local.trail_name}"
  log_prefix = "/rampart/case-ai/assistant"

  cluster_name       = "case-ai-assistant"
  cluster_arn        = "arn:${local.partition}:eks:${var.region}:${var.account_id}:cluster/${local.cluster_name}"
  scaling_role_arn   = "arn:${local.partition}:iam::${var.account_id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
  weights_arn        = "arn:${local.partition}:s3:::agency-model-weights/gpt-oss-20b/*"
  weights_bucket_arn = "arn:${local.partition}:s3:::agency-model-weights"
  registry_arns = [
    "arn:${local.partition}:ecr:us-gov-west-1:111122223333:repository/aws-cli",
    "arn:${local.partition}:ecr:us-gov-west-1:111122223333:repository/nginx-fips",
    "arn:${local.partition}:ecr:us-gov-west-1:111122223333:repository/vllm",
    "arn:${local.partition}:ecr:${var.region}:013241004608:repository/*",
  ]
}

resource "aws_eks_cluster" "endpoint" {
  name                          = local.cluster_name
  version                       = "1.34"
  role_arn                      = aws_iam_role.control.arn
  deletion_protection           = true
  bootstrap_self_managed_addons = false
  enabled_cluster_log_types     = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  # Who may enter is written in access entries; whoever creates the cluster gets none.
  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = aws_kms_key.endpoint.arn
    }
  }

  vpc_config {
    endpoint_private_access = true
    endpoint_public_access  = false
    subnet_ids              = var.subnet_ids
    security_group_ids      = [aws_security_group.control.id]
  }

  # The log group comes first, or EKS makes one without key and retention.
  depends_on = [aws_cloudwatch_log_group.cluster, aws_iam_role_policy.control]
}

resource "aws_eks_addon" "identity" {
  cluster_name = aws_eks_cluster.endpoint.name
  addon_name   = "eks-pod-identity-agent"
}

resource "aws_eks_addon" "network" {
  cluster_name = aws_eks_cluster.endpoint.name
  addon_name   = "vpc-cni"
  # Without this the API takes network policies and nothing enforces them.
  configuration_values = "{\"enableNetworkPolicy\": \"true\"}"

  pod_identity_association {
    service_account = "aws-node"
    role_arn        = aws_iam_role.addresses.arn
  }

  depends_on = [aws_eks_addon.identity, aws_iam_role_policy.addresses]
}

resource "aws_eks_addon" "proxy" {
  cluster_name = aws_eks_cluster.endpoint.name
  addon_name   = "kube-proxy"
}

resource "aws_eks_addon" "names" {
  cluster_name = aws_eks_cluster.endpoint.name
  addon_name   = "coredns"

  depends_on = [aws_eks_node_group.system]
}

# What is not the model: names, agents, callers.
resource "aws_launch_template" "system" {
  name_prefix            = "case-ai-assistant-system-"
  update_default_version = true
  vpc_security_group_ids = [aws_security_group.nodes.id]

  # Nobody logs in, not through Session Manager either. And ECR's FIPS name has no PrivateLink, so that with it no image arrives:
  # the configuration says use_fips_endpoint=false. EC2's and EKS's names serve both.
  user_data = base64encode(join("\n", [
    "[settings.host-containers.admin]",
    "enabled = false",
    "[settings.host-containers.control]",
    "enabled = false",
    "[settings.aws]",
    "config = \"W2RlZmF1bHRdCnVzZV9maXBzX2VuZHBvaW50PWZhbHNl\"",
  ]))

  # Pods are one hop further than their node, so its credentials are out of their reach.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
    instance_metadata_tags      = "disabled"
  }

  # The image, which is never written and has the size its maker gave it.
  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      encrypted             = "true"
      kms_key_id            = aws_kms_key.endpoint.arn
      delete_on_termination = "true"
    }
  }

  # What containers write.
  block_device_mappings {
    device_name = "/dev/xvdb"

    ebs {
      volume_type           = "gp3"
      volume_size           = 50
      encrypted             = "true"
      kms_key_id            = aws_kms_key.endpoint.arn
      delete_on_termination = "true"
    }
  }
}

resource "aws_eks_node_group" "system" {
  cluster_name    = aws_eks_cluster.endpoint.name
  node_group_name = "system"
  node_role_arn   = aws_iam_role.node.arn
  ami_type        = "BOTTLEROCKET_x86_64_FIPS"
  instance_types  = ["m6i.large"]
  capacity_type   = "ON_DEMAND"
  subnet_ids      = var.subnet_ids

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 3
  }

  update_config {
    max_unavailable = 1
  }

  launch_template {
    id      = aws_launch_template.system.id
    version = aws_launch_template.system.latest_version
  }

  depends_on = [
    aws_eks_addon.identity,
    aws_eks_addon.network,
    aws_eks_addon.proxy,
    aws_iam_role_policy.node,
    aws_vpc_security_group_egress_rule.nodes,
    aws_vpc_security_group_egress_rule.s3,
    aws_vpc_security_group_ingress_rule.control,
    aws_vpc_security_group_ingress_rule.kubelets,
  ]
}

# One replica on each; nothing that does not ask for its accelerators.
resource "aws_launch_template" "model" {
  name_prefix            = "case-ai-assistant-model-"
  update_default_version = true
  vpc_security_group_ids = [aws_security_group.nodes.id]

  # Nobody logs in, not through Session Manager either. And ECR's FIPS name has no PrivateLink, so that with it no image arrives:
  # the configuration says use_fips_endpoint=false. EC2's and EKS's names serve both.
  user_data = base64encode(join("\n", [
    "[settings.host-containers.admin]",
    "enabled = false",
    "[settings.host-containers.control]",
    "enabled = false",
    "[settings.aws]",
    "config = \"W2RlZmF1bHRdCnVzZV9maXBzX2VuZHBvaW50PWZhbHNl\"",
  ]))

  # Pods are one hop further than their node, so its credentials are out of their reach.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
    instance_metadata_tags      = "disabled"
  }

  # The image, which is never written and has the size its maker gave it.
  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      encrypted             = "true"
      kms_key_id            = aws_kms_key.endpoint.arn
      delete_on_termination = "true"
    }
  }

  # What containers write.
  block_device_mappings {
    device_name = "/dev/xvdb"

    ebs {
      volume_type           = "gp3"
      volume_size           = 160
      encrypted             = "true"
      kms_key_id            = aws_kms_key.endpoint.arn
      delete_on_termination = "true"
    }
  }
}

resource "aws_eks_node_group" "model" {
  cluster_name    = aws_eks_cluster.endpoint.name
  node_group_name = "model"
  node_role_arn   = aws_iam_role.node.arn
  ami_type        = "BOTTLEROCKET_x86_64_NVIDIA_FIPS"
  instance_types  = ["g6.12xlarge"]
  capacity_type   = "ON_DEMAND"
  subnet_ids      = var.subnet_ids

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 3
  }

  update_config {
    max_unavailable = 1
  }

  launch_template {
    id      = aws_launch_template.model.id
    version = aws_launch_template.model.latest_version
  }

  taint {
    key    = "nvidia.com/gpu"
    value  = "present"
    effect = "NO_SCHEDULE"
  }

  depends_on = [
    aws_eks_addon.identity,
    aws_eks_addon.network,
    aws_eks_addon.proxy,
    aws_iam_role_policy.node,
    aws_vpc_security_group_egress_rule.nodes,
    aws_vpc_security_group_egress_rule.s3,
    aws_vpc_security_group_ingress_rule.control,
    aws_vpc_security_group_ingress_rule.kubelets,
  ]
}

# One key for everything this endpoint writes down. The account administers it, which keeps the key from being orphaned;
# services may only use it, only for this account, and only for the resources named here.
resource "aws_kms_key" "endpoint" {
  description              = "Rampart endpoint assistant"
  customer_master_key_spec = "SYMMETRIC_DEFAULT"
  enable_key_rotation      = true
  rotation_period_in_days  = var.key_rotation_days
  deletion_window_in_days  = var.key_deletion_days
  multi_region             = false
  policy                   = data.aws_iam_policy_document.key.json

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "endpoint" {
  name          = "alias/rampart-case-ai-assistant"
  target_key_id = aws_kms_key.endpoint.key_id
}

data "aws_iam_policy_document" "key" {
  statement {
    sid       = "AccountAdministers"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${local.partition}:iam::${var.account_id}:root"]
    }
  }

  statement {
    sid       = "LogGroups"
    actions   = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.${var.region}.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values = [
        "arn:${local.partition}:logs:${var.region}:${var.account_id}:log-group:${local.log_prefix}/*",
        "arn:${local.partition}:logs:${var.region}:${var.account_id}:log-group:/aws/eks/case-ai-assistant/cluster",
      ]
    }
  }

  # Auto Scaling starts the nodes and has to open their volumes. Its role is there once per account: see the runbook.
  statement {
    sid       = "NodeVolumes"
    actions   = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [local.scaling_role_arn]
    }
  }

  statement {
    sid       = "NodeVolumeGrants"
    actions   = ["kms:CreateGrant"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [local.scaling_role_arn]
    }

    condition {
      test     = "Bool"
      variable = "kms:GrantIsForAWSResource"
      values   = ["true"]
    }
  }

  statement {
    sid       = "Trail"
    actions   = ["kms:GenerateDataKey*", "kms:DescribeKey"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [local.trail_arn]
    }
  }

  statement {
    sid       = "AlarmTopic"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}
