# Written by rampart render; change rampart.yaml, not this file.
# System records-ai, endpoint agent, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

# A network of its own with no way to the internet: no gateway, no NAT, no public address.
resource "aws_vpc" "endpoint" {
  cidr_block           = "10.40.0.0/22"
  enable_dns_hostnames = true
  enable_dns_support   = true

  tags = {
    Name = "records-ai-agent"
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
  cidr_block              = "10.40.0.0/23"
  availability_zone       = data.aws_availability_zones.available.names[0]
  map_public_ip_on_launch = false
}

resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.endpoint.id
}

resource "aws_subnet" "b" {
  vpc_id                  = aws_vpc.endpoint.id
  cidr_block              = "10.40.2.0/23"
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

# The only way in: PrivateLink to bedrock-mantle, for the named model in the project. No FIPS host name of this plane is known.
resource "aws_vpc_endpoint" "runtime" {
  vpc_id              = aws_vpc.endpoint.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.region}.bedrock-mantle"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
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

# Nothing here reaches the internet, so what callers need besides the model comes in privately too.
resource "aws_vpc_endpoint" "sts" {
  vpc_id              = aws_vpc.endpoint.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.region}.sts"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
  security_group_ids  = [aws_security_group.endpoints.id]
  policy              = data.aws_iam_policy_document.sts_endpoint.json
}

data "aws_iam_policy_document" "sts_endpoint" {
  statement {
    sid       = "AssumeInvokeRole"
    actions   = ["sts:AssumeRole"]
    resources = [aws_iam_role.invoke.arn]

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
    sid       = "OwnIdentity"
    actions   = ["sts:GetCallerIdentity"]
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
