# Written by rampart render; change rampart.yaml, not this file.
# System case-ai, endpoint assistant, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

# The most that any role which a service of AWS takes on for this endpoint may ever do, whatever is attached to it later.
resource "aws_iam_policy" "service_boundary" {
  name        = "case-ai-assistant-service-boundary"
  description = "Upper limit of the service roles of assistant"
  policy      = data.aws_iam_policy_document.service_boundary.json
}

data "aws_iam_policy_document" "service_boundary" {
  statement {
    sid       = "OwnLogGroups"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    resources = ["arn:${local.partition}:logs:${var.region}:${var.account_id}:log-group:${local.log_prefix}/*"]
  }

  statement {
    sid       = "FindLogGroups"
    actions   = ["logs:DescribeLogGroups"]
    resources = ["arn:${local.partition}:logs:${var.region}:${var.account_id}:log-group:*"]
  }

  statement {
    sid       = "NothingOutsideTheBoundary"
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*"]

    condition {
      test     = "StringNotEquals"
      variable = "aws:RequestedRegion"
      values   = ["us-gov-west-1"]
    }
  }
}

# The most that any role of the cluster, its nodes and its pods may ever do, whatever is attached to it later.
resource "aws_iam_policy" "cluster_boundary" {
  name        = "case-ai-assistant-cluster-boundary"
  description = "Upper limit of the roles of the cluster of assistant"
  policy      = data.aws_iam_policy_document.cluster_boundary.json
}

data "aws_iam_policy_document" "cluster_boundary" {

  statement {
    sid = "FindNodes"
    actions = [
      "ec2:DescribeAvailabilityZones",
      "ec2:DescribeDhcpOptions",
      "ec2:DescribeInstanceTopology",
      "ec2:DescribeInstances",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeVpcs",
    ]
    resources = ["*"]
  }

  statement {
    sid       = "TagNodes"
    actions   = ["ec2:CreateTags"]
    resources = ["arn:${local.partition}:ec2:${var.region}:${var.account_id}:instance/*"]

    condition {
      test     = "ForAnyValue:StringLike"
      variable = "aws:TagKeys"
      values   = ["kubernetes.io/cluster/*"]
    }
  }

  statement {
    sid       = "SealSecrets"
    actions   = ["kms:Encrypt", "kms:Decrypt", "kms:DescribeKey"]
    resources = [aws_kms_key.endpoint.arn]
  }

  statement {
    sid       = "KnowItself"
    actions   = ["ec2:DescribeInstances", "ec2:DescribeInstanceTypes"]
    resources = ["*"]
  }

  statement {
    sid       = "JoinCluster"
    actions   = ["eks:DescribeCluster", "eks-auth:AssumeRoleForPodIdentity"]
    resources = [local.cluster_arn]
  }

  statement {
    sid       = "PullImages"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = local.registry_arns
  }

  # The action knows no resource.
  statement {
    sid       = "RegistryLogin"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid = "AddressesOfPods"
    actions = [
      "ec2:AssignPrivateIpAddresses",
      "ec2:AttachNetworkInterface",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeInstances",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:DescribeTags",
      "ec2:DetachNetworkInterface",
      "ec2:ModifyNetworkInterfaceAttribute",
      "ec2:UnassignPrivateIpAddresses",
    ]
    resources = ["*"]
  }

  statement {
    sid       = "TagInterfaces"
    actions   = ["ec2:CreateTags"]
    resources = ["arn:${local.partition}:ec2:${var.region}:${var.account_id}:network-interface/*"]
  }

  statement {
    sid       = "ReadWeights"
    actions   = ["s3:GetObject"]
    resources = [local.weights_arn]

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpc"
      values   = [aws_vpc.endpoint.id]
    }
  }

  # Whatever key the weights are under: it opens those objects, through S3, and nothing else.
  statement {
    sid       = "UnsealWeights"
    actions   = ["kms:Decrypt"]
    resources = ["arn:${local.partition}:kms:${var.region}:*:key/*"]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${var.region}.amazonaws.com"]
    }

    # The object's ARN, or the bucket's where S3 bucket keys are on.
    condition {
      test     = "StringLike"
      variable = "kms:EncryptionContext:aws:s3:arn"
      values   = [local.weights_arn, local.weights_bucket_arn]
    }
  }

  statement {
    sid       = "NothingOutsideTheBoundary"
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*"]

    condition {
      test     = "StringNotEquals"
      variable = "aws:RequestedRegion"
      values   = ["us-gov-west-1"]
    }
  }
}

resource "aws_iam_role" "control" {
  name                 = "case-ai-assistant-control"
  permissions_boundary = aws_iam_policy.cluster_boundary.arn
  assume_role_policy   = data.aws_iam_policy_document.control_trust.json
}

resource "aws_iam_role_policy" "control" {
  name   = "control"
  role   = aws_iam_role.control.id
  policy = data.aws_iam_policy_document.control.json
}

data "aws_iam_policy_document" "control_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["eks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

data "aws_iam_policy_document" "control" {

  statement {
    sid = "FindNodes"
    actions = [
      "ec2:DescribeAvailabilityZones",
      "ec2:DescribeDhcpOptions",
      "ec2:DescribeInstanceTopology",
      "ec2:DescribeInstances",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeVpcs",
    ]
    resources = ["*"]
  }

  statement {
    sid       = "TagNodes"
    actions   = ["ec2:CreateTags"]
    resources = ["arn:${local.partition}:ec2:${var.region}:${var.account_id}:instance/*"]

    condition {
      test     = "ForAnyValue:StringLike"
      variable = "aws:TagKeys"
      values   = ["kubernetes.io/cluster/*"]
    }
  }

  statement {
    sid       = "SealSecrets"
    actions   = ["kms:Encrypt", "kms:Decrypt", "kms:DescribeKey"]
    resources = [aws_kms_key.endpoint.arn]
  }
}

resource "aws_iam_role" "node" {
  name                 = "case-ai-assistant-node"
  permissions_boundary = aws_iam_policy.cluster_boundary.arn
  assume_role_policy   = data.aws_iam_policy_document.node_trust.json
}

resource "aws_iam_role_policy" "node" {
  name   = "node"
  role   = aws_iam_role.node.id
  policy = data.aws_iam_policy_document.node.json
}

data "aws_iam_policy_document" "node_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "node" {

  statement {
    sid       = "KnowItself"
    actions   = ["ec2:DescribeInstances", "ec2:DescribeInstanceTypes"]
    resources = ["*"]
  }

  statement {
    sid       = "JoinCluster"
    actions   = ["eks:DescribeCluster", "eks-auth:AssumeRoleForPodIdentity"]
    resources = [local.cluster_arn]
  }

  statement {
    sid       = "PullImages"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = local.registry_arns
  }

  # The action knows no resource.
  statement {
    sid       = "RegistryLogin"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }
}

# Not the node's: only the add-on that gives pods their addresses may make interfaces.
resource "aws_iam_role" "addresses" {
  name                 = "case-ai-assistant-addresses"
  permissions_boundary = aws_iam_policy.cluster_boundary.arn
  assume_role_policy   = data.aws_iam_policy_document.addresses_trust.json
}

resource "aws_iam_role_policy" "addresses" {
  name   = "addresses"
  role   = aws_iam_role.addresses.id
  policy = data.aws_iam_policy_document.addresses.json
}

data "aws_iam_policy_document" "addresses_trust" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [local.cluster_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/kubernetes-namespace"
      values   = ["kube-system"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/kubernetes-service-account"
      values   = ["aws-node"]
    }
  }
}

data "aws_iam_policy_document" "addresses" {

  statement {
    sid = "AddressesOfPods"
    actions = [
      "ec2:AssignPrivateIpAddresses",
      "ec2:AttachNetworkInterface",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeInstances",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:DescribeTags",
      "ec2:DetachNetworkInterface",
      "ec2:ModifyNetworkInterfaceAttribute",
      "ec2:UnassignPrivateIpAddresses",
    ]
    resources = ["*"]
  }

  statement {
    sid       = "TagInterfaces"
    actions   = ["ec2:CreateTags"]
    resources = ["arn:${local.partition}:ec2:${var.region}:${var.account_id}:network-interface/*"]
  }
}

# Reads the weights of this model and nothing else, from inside the network, for one service account.
resource "aws_iam_role" "weights" {
  name                 = "case-ai-assistant-weights"
  permissions_boundary = aws_iam_policy.cluster_boundary.arn
  assume_role_policy   = data.aws_iam_policy_document.weights_trust.json
}

resource "aws_iam_role_policy" "weights" {
  name   = "weights"
  role   = aws_iam_role.weights.id
  policy = data.aws_iam_policy_document.weights.json
}

data "aws_iam_policy_document" "weights_trust" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [local.cluster_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/kubernetes-namespace"
      values   = ["case-ai-assistant"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/kubernetes-service-account"
      values   = ["vllm"]
    }
  }
}

data "aws_iam_policy_document" "weights" {

  statement {
    sid       = "ReadWeights"
    actions   = ["s3:GetObject"]
    resources = [local.weights_arn]

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpc"
      values   = [aws_vpc.endpoint.id]
    }
  }

  # Whatever key the weights are under: it opens those objects, through S3, and nothing else.
  statement {
    sid       = "UnsealWeights"
    actions   = ["kms:Decrypt"]
    resources = ["arn:${local.partition}:kms:${var.region}:*:key/*"]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${var.region}.amazonaws.com"]
    }

    # The object's ARN, or the bucket's where S3 bucket keys are on.
    condition {
      test     = "StringLike"
      variable = "kms:EncryptionContext:aws:s3:arn"
      values   = [local.weights_arn, local.weights_bucket_arn]
    }
  }
}

resource "aws_eks_pod_identity_association" "weights" {
  cluster_name    = aws_eks_cluster.endpoint.name
  namespace       = "case-ai-assistant"
  service_account = "vllm"
  role_arn        = aws_iam_role.weights.arn
}

# The one standing entry: a group without rights but those the role in namespace.yaml gives it, in that namespace.
resource "aws_eks_access_entry" "deployer" {
  cluster_name      = aws_eks_cluster.endpoint.name
  principal_arn     = "arn:${local.partition}:iam::${var.account_id}:role/model-deployer"
  type              = "STANDARD"
  kubernetes_groups = ["case-ai-assistant-deployers"]
}
