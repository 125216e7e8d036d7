# Written by rampart render; change rampart.yaml, not this file.
# System records-ai, endpoint agent, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

# The most that any role which a service of AWS takes on for this endpoint may ever do, whatever is attached to it later.
resource "aws_iam_policy" "service_boundary" {
  name        = "records-ai-agent-service-boundary"
  description = "Upper limit of the service roles of agent"
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

# Callers assume this role. It reaches the named model only, only through the private endpoint, and never with a key that
# outlives the session.
resource "aws_iam_role" "invoke" {
  name                 = "records-ai-agent-invoke"
  max_session_duration = 3600
  permissions_boundary = aws_iam_policy.invoke_boundary.arn
  assume_role_policy   = data.aws_iam_policy_document.invoke_trust.json
}

data "aws_iam_policy_document" "invoke_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${local.partition}:iam::${var.account_id}:root"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_iam_role_policy" "invoke" {
  name   = "invoke"
  role   = aws_iam_role.invoke.id
  policy = data.aws_iam_policy_document.invoke.json
}

data "aws_iam_policy_document" "invoke" {
  statement {
    sid       = "InvokeNamedModel"
    actions   = ["bedrock-mantle:CreateInference"]
    resources = [local.project_arn]

    condition {
      test     = "StringEquals"
      variable = "bedrock-mantle:Model"
      values   = [local.model]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpce"
      values   = [aws_vpc_endpoint.runtime.id]
    }
  }

  statement {
    sid       = "OnlyThroughPrivateLink"
    effect    = "Deny"
    actions   = ["bedrock-mantle:CreateInference"]
    resources = ["*"]

    condition {
      test     = "StringNotEquals"
      variable = "aws:SourceVpce"
      values   = [aws_vpc_endpoint.runtime.id]
    }
  }

  # API keys are passwords: they outlive sessions, leak in shell histories and carry no proof of who uses them.
  statement {
    sid    = "NoApiKeys"
    effect = "Deny"
    actions = [
      "bedrock:CallWithBearerToken",
      "bedrock-mantle:CallWithBearerToken",
      "iam:CreateServiceSpecificCredential",
    ]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "invoke_boundary" {
  name        = "records-ai-agent-invoke-boundary"
  description = "Upper limit of what callers of agent may do"
  policy      = data.aws_iam_policy_document.invoke_boundary.json
}

data "aws_iam_policy_document" "invoke_boundary" {
  statement {
    sid       = "InvokeNamedModel"
    actions   = ["bedrock-mantle:CreateInference"]
    resources = [local.project_arn]

    condition {
      test     = "StringEquals"
      variable = "bedrock-mantle:Model"
      values   = [local.model]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpce"
      values   = [aws_vpc_endpoint.runtime.id]
    }
  }

  statement {
    sid       = "OnlyThroughPrivateLink"
    effect    = "Deny"
    actions   = ["bedrock-mantle:CreateInference"]
    resources = ["*"]

    condition {
      test     = "StringNotEquals"
      variable = "aws:SourceVpce"
      values   = [aws_vpc_endpoint.runtime.id]
    }
  }

  # API keys are passwords: they outlive sessions, leak in shell histories and carry no proof of who uses them.
  statement {
    sid    = "NoApiKeys"
    effect = "Deny"
    actions = [
      "bedrock:CallWithBearerToken",
      "bedrock-mantle:CallWithBearerToken",
      "iam:CreateServiceSpecificCredential",
    ]
    resources = ["*"]
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
