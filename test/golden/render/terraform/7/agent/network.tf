# Written by rampart render; change rampart.yaml, not this file.
# System records-ai, endpoint agent, baseline fedramp-rev5-high. Which requirement and controls a line serves:
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
  name                 = "records-ai-agent-write-flow-logs"
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
  name_prefix = "records-ai-agent-endpoints-"
  description = "Private endpoints of agent"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  security_group_id = aws_security_group.endpoints.id
  description       = "Callers inside the network"
  cidr_ipv4         = var.vpc_cidr
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# The only way in: PrivateLink to bedrock-mantle, for the named model in the project. No FIPS host name of this plane is known.
resource "aws_vpc_endpoint" "runtime" {
  vpc_id              = var.vpc_id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.region}.bedrock-mantle"
  private_dns_enabled = true
  subnet_ids          = var.subnet_ids
  security_group_ids  = [aws_security_group.endpoints.id]
  policy              = data.aws_iam_policy_document.runtime_endpoint.json
}

data "aws_iam_policy_document" "runtime_endpoint" {
  statement {
    sid       = "InvokeNamedModel"
    actions   = ["bedrock-mantle:CreateInference"]
    resources = [local.project_arn]

    condition {
      test     = "StringEquals"
      variable = "bedrock-mantle:Model"
      values   = [local.model]
    }

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

# The network is not this module's. It must reach STS privately already, or callers cannot assume the role.
