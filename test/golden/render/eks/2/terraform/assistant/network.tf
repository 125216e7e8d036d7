# Written by rampart render; change rampart.yaml, not this file.
# System case-ai, endpoint assistant, baseline fedramp-rev5-high. Which requirement and controls a line serves:
# rampart render --target terraform --explain

# Kept when the endpoint goes: what it logged outlives it.
resource "aws_cloudwatch_log_group" "flow" {
  name              = "${local.log_prefix}/flow"
  kms_key_id        = aws_kms_key.endpoint.arn
  retention_in_days = var.log_retention_days
  skip_destroy      = true
}

resource "aws_flow_log" "endpoint" {
  vpc_id                   = var.vpc_id
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

# The Kubernetes API, on 443 from inside the network; to kubelets on 10250 and nowhere else.
resource "aws_security_group" "control" {
  name_prefix = "case-ai-assistant-control-"
  description = "Control plane of assistant"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "control" {
  security_group_id = aws_security_group.control.id
  description       = "Nodes and whoever may enter the cluster"
  cidr_ipv4         = var.vpc_cidr
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
  vpc_id      = var.vpc_id

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
  cidr_ipv4         = var.vpc_cidr
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

# The network is not this module's. It must reach EC2, ECR, EKS and EKS Auth through interface endpoints and S3 through a gateway
# already, or no node joins the cluster.
