# Written by rampart render; change rampart.yaml, not this file.
# System records-ai, endpoint batch, baseline fedramp-rev5-high. Which requirement and controls a line serves:
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
  name                 = "records-ai-batch-write-flow-logs"
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
  name_prefix = "records-ai-batch-endpoints-"
  description = "Private endpoints of batch"
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

# With network isolation the containers themselves reach nothing and hold no credentials: SageMaker fetches the weights and
# writes the answers for them, over these interfaces. Nobody connects to them.
resource "aws_security_group" "model" {
  name_prefix = "records-ai-batch-model-"
  description = "Model containers of batch"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "model" {
  security_group_id = aws_security_group.model.id
  description       = "Inside the network only"
  cidr_ipv4         = var.vpc_cidr
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# Callers come in through PrivateLink, to this endpoint only. The runtime's host name is the same with and without FIPS.
resource "aws_vpc_endpoint" "runtime" {
  vpc_id              = var.vpc_id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.region}.sagemaker.runtime"
  private_dns_enabled = true
  subnet_ids          = var.subnet_ids
  security_group_ids  = [aws_security_group.endpoints.id]
  policy              = data.aws_iam_policy_document.runtime_endpoint.json
}

data "aws_iam_policy_document" "runtime_endpoint" {
  statement {
    sid       = "InvokeThisEndpoint"
    actions   = ["sagemaker:InvokeEndpointAsync"]
    resources = [local.endpoint_arn]

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

# The network is not this module's. It must reach STS, ECR, CloudWatch Logs and S3 privately already; S3 through an interface
# endpoint with private DNS for all resolvers, since the security group of the model lets nothing leave the network.
