# Written by rampart render; change rampart.yaml, not this file.
# System case-ai, endpoint assistant, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

# A network of its own with no way to the internet: no gateway, no NAT, no public address.
resource "aws_vpc" "endpoint" {
  cidr_block           = "10.40.0.0/20"
  enable_dns_hostnames = true
  enable_dns_support   = true

  tags = {
    Name = "case-ai-assistant"
  }
}

# What is put into the network without naming a security group reaches nothing and is reached by nothing.
resource "aws_default_security_group" "endpoint" {
  vpc_id = aws_vpc.endpoint.id
}

data "aws_availability_zones" "available" {
  state = "available"
}

resource "aws_route_table" "endpoint" {
  vpc_id = aws_vpc.endpoint.id
}

resource "aws_subnet" "a" {
  vpc_id                  = aws_vpc.endpoint.id
  cidr_block              = "10.40.0.0/21"
  availability_zone       = data.aws_availability_zones.available.names[0]
  map_public_ip_on_launch = false
}

resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.endpoint.id
}

resource "aws_subnet" "b" {
  vpc_id                  = aws_vpc.endpoint.id
  cidr_block              = "10.40.8.0/21"
  availability_zone       = data.aws_availability_zones.available.names[1]
  map_public_ip_on_launch = false
}

resource "aws_route_table_association" "b" {
  subnet_id      = aws_subnet.b.id
  route_table_id = aws_route_table.endpoint.id
}

# Kept when the endpoint goes: what it logged outlives it.
resource "aws_cloudwatch_log_group" "flow" {
  name              = "${local.log_prefix}/flow"
  kms_key_id        = aws_kms_key.endpoint.arn
  retention_in_days = var.log_retention_days
  skip_destroy      = true
}

resource "aws_flow_log" "endpoint" {
  vpc_id                   = aws_vpc.endpoint.id
  traffic_type             = "ALL"
  log_destination_type     = "cloud-watch-logs"
  log_destination          = aws_cloudwatch_log_group.flow.arn
  iam_role_arn             = aws_iam_role.flow.arn
  max_aggregation_interval = 60
}

resource "aws_iam_role" "flow" {
  name                 = "case-ai-assistant-write-flow-logs"
  permissions_boundary = aws_iam_policy.service_boundary.arn
  assume_role_policy   = data.aws_iam_policy_document.flow_trust.json
}

resource "aws_iam_role_policy" "flow" {
  name   = "write-flow-logs"
  role   = aws_iam_role.flow.id
  policy = data.aws_iam_policy_document.flow.json
}

data "aws_iam_policy_document" "flow_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["vpc-flow-logs.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

data "aws_iam_policy_document" "flow" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    resources = ["${aws_cloudwatch_log_group.flow.arn}:*"]
  }

  # Flow logs look for their group among all of the account's.
  statement {
    actions   = ["logs:DescribeLogGroups"]
    resources = ["arn:${local.partition}:logs:${var.region}:${var.account_id}:log-group:*"]
  }
}

# Callers reach the private endpoints on 443 from inside the network; the endpoints themselves start nothing.
resource "aws_security_group" "endpoints" {
  name_prefix = "case-ai-assistant-endpoints-"
  description = "Private endpoints of assistant"
  vpc_id      = aws_vpc.endpoint.id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  security_group_id = aws_security_group.endpoints.id
  description       = "Callers inside the network"
  cidr_ipv4         = aws_vpc.endpoint.cidr_block
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# The Kubernetes API, on 443 from inside the network; to kubelets on 10250 and nowhere else.
resource "aws_security_group" "control" {
  name_prefix = "case-ai-assistant-control-"
  description = "Control plane of assistant"
  vpc_id      = aws_vpc.endpoint.id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "control" {
  security_group_id = aws_security_group.control.id
  description       = "Nodes and whoever may enter the cluster"
  cidr_ipv4         = aws_vpc.endpoint.cidr_block
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "control" {
  security_group_id            = aws_security_group.control.id
  description                  = "Kubelets"
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "tcp"
  from_port                    = 10250
  to_port                      = 10250
}

resource "aws_security_group" "nodes" {
  name_prefix = "case-ai-assistant-nodes-"
  description = "Nodes of assistant"
  vpc_id      = aws_vpc.endpoint.id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "kubelets" {
  security_group_id            = aws_security_group.nodes.id
  description                  = "Control plane to kubelets"
  referenced_security_group_id = aws_security_group.control.id
  ip_protocol                  = "tcp"
  from_port                    = 10250
  to_port                      = 10250
}

resource "aws_vpc_security_group_egress_rule" "nodes" {
  security_group_id = aws_security_group.nodes.id
  description       = "Control plane and private endpoints"
  cidr_ipv4         = aws_vpc.endpoint.cidr_block
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "s3" {
  security_group_id = aws_security_group.nodes.id
  description       = "S3 through the gateway"
  prefix_list_id    = "pl-0a1b2c3d"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# Between nodes: names and calls of the model. Which pods of them, network policies say.
resource "aws_vpc_security_group_ingress_rule" "names_tcp" {
  security_group_id            = aws_security_group.nodes.id
  description                  = "Names"
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "tcp"
  from_port                    = 53
  to_port                      = 53
}

resource "aws_vpc_security_group_egress_rule" "names_tcp" {
  security_group_id            = aws_security_group.nodes.id
  description                  = "Names"
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "tcp"
  from_port                    = 53
  to_port                      = 53
}

resource "aws_vpc_security_group_ingress_rule" "names_udp" {
  security_group_id            = aws_security_group.nodes.id
  description                  = "Names"
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "udp"
  from_port                    = 53
  to_port                      = 53
}

resource "aws_vpc_security_group_egress_rule" "names_udp" {
  security_group_id            = aws_security_group.nodes.id
  description                  = "Names"
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "udp"
  from_port                    = 53
  to_port                      = 53
}

resource "aws_vpc_security_group_ingress_rule" "calls" {
  security_group_id            = aws_security_group.nodes.id
  description                  = "Calls of the model"
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "tcp"
  from_port                    = 8443
  to_port                      = 8443
}

resource "aws_vpc_security_group_egress_rule" "calls" {
  security_group_id            = aws_security_group.nodes.id
  description                  = "Calls of the model"
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "tcp"
  from_port                    = 8443
  to_port                      = 8443
}

# Nothing here reaches the internet, so what nodes need comes in privately too. Roles of pods come from EKS Pod Identity, so
# nothing asks STS; the control plane writes its logs without the nodes.
resource "aws_vpc_endpoint" "ec2" {
  vpc_id              = aws_vpc.endpoint.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.region}.ec2"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
  security_group_ids  = [aws_security_group.endpoints.id]
  policy              = data.aws_iam_policy_document.ec2_endpoint.json
}

data "aws_iam_policy_document" "ec2_endpoint" {
  statement {
    sid = "NodesAndTheirAddresses"
    actions = [
      "ec2:AssignPrivateIpAddresses",
      "ec2:AttachNetworkInterface",
      "ec2:CreateNetworkInterface",
      "ec2:CreateTags",
      "ec2:DeleteNetworkInterface",
      "ec2:Describe*",
      "ec2:DetachNetworkInterface",
      "ec2:ModifyNetworkInterfaceAttribute",
      "ec2:UnassignPrivateIpAddresses",
    ]
    resources = ["*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_vpc_endpoint" "ecr_api" {
  vpc_id              = aws_vpc.endpoint.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.region}.ecr.api"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
  security_group_ids  = [aws_security_group.endpoints.id]
  policy              = data.aws_iam_policy_document.registry_endpoint.json
}

resource "aws_vpc_endpoint" "ecr_images" {
  vpc_id              = aws_vpc.endpoint.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.region}.ecr.dkr"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
  security_group_ids  = [aws_security_group.endpoints.id]
  policy              = data.aws_iam_policy_document.registry_endpoint.json
}

data "aws_iam_policy_document" "registry_endpoint" {
  statement {
    sid       = "PullImages"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = local.registry_arns

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [var.account_id]
    }
  }

  statement {
    sid       = "RegistryLogin"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_vpc_endpoint" "eks" {
  vpc_id              = aws_vpc.endpoint.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.region}.eks"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
  security_group_ids  = [aws_security_group.endpoints.id]
  policy              = data.aws_iam_policy_document.eks_endpoint.json
}

data "aws_iam_policy_document" "eks_endpoint" {
  statement {
    sid       = "FindCluster"
    actions   = ["eks:DescribeCluster"]
    resources = [local.cluster_arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_vpc_endpoint" "eks_auth" {
  vpc_id              = aws_vpc.endpoint.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.region}.eks-auth"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
  security_group_ids  = [aws_security_group.endpoints.id]
  policy              = data.aws_iam_policy_document.eks_auth_endpoint.json
}

data "aws_iam_policy_document" "eks_auth_endpoint" {
  statement {
    sid       = "RolesOfPods"
    actions   = ["eks-auth:AssumeRoleForPodIdentity"]
    resources = [local.cluster_arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [var.account_id]
    }
  }
}

# A gateway, since the FIPS endpoint of S3 has no private address.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.endpoint.id
  vpc_endpoint_type = "Gateway"
  service_name      = "com.amazonaws.${var.region}.s3"
  route_table_ids   = [aws_route_table.endpoint.id]
  policy            = data.aws_iam_policy_document.s3_endpoint.json
}

data "aws_iam_policy_document" "s3_endpoint" {
  statement {
    sid       = "Weights"
    actions   = ["s3:GetObject"]
    resources = [local.weights_arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [var.account_id]
    }
  }

  # ECR keeps image layers in a bucket of its own and hands out signed links to them.
  statement {
    sid       = "ImageLayers"
    actions   = ["s3:GetObject"]
    resources = ["arn:${local.partition}:s3:::prod-${var.region}-starport-layer-bucket/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
