# Written by rampart render; change rampart.yaml, not this file.
# System records-ai, endpoint batch, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

# A network of its own with no way to the internet: no gateway, no NAT, no public address.
resource "aws_vpc" "endpoint" {
  cidr_block           = "10.40.0.0/22"
  enable_dns_hostnames = true
  enable_dns_support   = true

  tags = {
    Name = "records-ai-batch"
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

# With network isolation the containers themselves reach nothing and hold no credentials: SageMaker fetches the weights and
# writes the answers for them, over these interfaces. Nobody connects to them.
resource "aws_security_group" "model" {
  name_prefix = "records-ai-batch-model-"
  description = "Model containers of batch"
  vpc_id      = aws_vpc.endpoint.id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "model" {
  security_group_id = aws_security_group.model.id
  description       = "Inside the network only"
  cidr_ipv4         = aws_vpc.endpoint.cidr_block
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# Callers come in through PrivateLink, to this endpoint only. The runtime's host name is the same with and without FIPS.
resource "aws_vpc_endpoint" "runtime" {
  vpc_id              = aws_vpc.endpoint.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.region}.sagemaker.runtime"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
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

# Nothing here reaches the internet, so what callers and SageMaker need besides the model comes in privately too.
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
    sid       = "PullImage"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = [local.repository_arn]

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

# An interface endpoint with private DNS, not a gateway: a gateway leads to public addresses, which the security group of
# the model would have to allow.
resource "aws_vpc_endpoint" "s3" {
  vpc_id              = aws_vpc.endpoint.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.region}.s3"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
  security_group_ids  = [aws_security_group.endpoints.id]
  policy              = data.aws_iam_policy_document.s3_endpoint.json

  # For every resolver of the network, not for those outside it only, as with a gateway beside it.
  dns_options {
    private_dns_only_for_inbound_resolver_endpoint = false
  }
}

data "aws_iam_policy_document" "s3_endpoint" {
  statement {
    sid       = "Weights"
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = [local.weights_arn, local.weights_bucket_arn]

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
    sid     = "RequestsAndAnswers"
    actions = ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"]
    resources = [
      "${aws_s3_bucket.payload.arn}/input/*",
      "${aws_s3_bucket.payload.arn}/output/*",
      "${aws_s3_bucket.payload.arn}/failure/*",
    ]

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

resource "aws_vpc_endpoint" "kms" {
  vpc_id              = aws_vpc.endpoint.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.region}.kms-fips"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
  security_group_ids  = [aws_security_group.endpoints.id]
  policy              = data.aws_iam_policy_document.kms_endpoint.json
}

data "aws_iam_policy_document" "kms_endpoint" {
  statement {
    sid       = "OwnKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"]
    resources = [aws_kms_key.endpoint.arn]

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

resource "aws_vpc_endpoint" "logs" {
  vpc_id              = aws_vpc.endpoint.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.region}.logs"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
  security_group_ids  = [aws_security_group.endpoints.id]
  policy              = data.aws_iam_policy_document.logs_endpoint.json
}

data "aws_iam_policy_document" "logs_endpoint" {
  statement {
    sid       = "EndpointLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    resources = ["${aws_cloudwatch_log_group.endpoint.arn}:*"]

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
