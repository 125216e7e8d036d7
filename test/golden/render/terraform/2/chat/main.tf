# Written by rampart render; change rampart.yaml, not this file.
# System records-ai, endpoint chat, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

data "aws_partition" "current" {}

locals {
  partition  = data.aws_partition.current.partition
  trail_name = "rampart-records-ai-chat"
  trail_arn  = "arn:${local.partition}:cloudtrail:${var.region}:${var.account_id}:trail/${local.trail_name}"
  log_prefix = "/rampart/records-ai/chat"
}

resource "aws_bedrock_guardrail" "endpoint" {
  name                      = "records-ai-chat"
  kms_key_arn               = aws_kms_key.endpoint.arn
  blocked_input_messaging   = "This request was blocked by the agency's guardrail."
  blocked_outputs_messaging = "This answer was blocked by the agency's guardrail."

  content_policy_config {
    # Prompt attacks are a matter of what comes in; the filter knows no strength for what goes out.
    filters_config {
      type            = "PROMPT_ATTACK"
      input_strength  = "HIGH"
      output_strength = "NONE"
    }

    filters_config {
      type            = "HATE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }

    filters_config {
      type            = "INSULTS"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }

    filters_config {
      type            = "SEXUAL"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }

    filters_config {
      type            = "VIOLENCE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }

    filters_config {
      type            = "MISCONDUCT"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
  }

  sensitive_information_policy_config {
    pii_entities_config {
      type   = "US_SOCIAL_SECURITY_NUMBER"
      action = "ANONYMIZE"
    }

    pii_entities_config {
      type   = "CREDIT_DEBIT_CARD_NUMBER"
      action = "ANONYMIZE"
    }

    pii_entities_config {
      type   = "AWS_ACCESS_KEY"
      action = "BLOCK"
    }

    pii_entities_config {
      type   = "AWS_SECRET_KEY"
      action = "BLOCK"
    }

    pii_entities_config {
      type   = "PASSWORD"
      action = "BLOCK"
    }
  }
}

# Callers name this version. Earlier ones stay for those who still name them.
resource "aws_bedrock_guardrail_version" "endpoint" {
  guardrail_arn = aws_bedrock_guardrail.endpoint.guardrail_arn
  description   = "Version that callers name"
  skip_destroy  = true

  # A version is a copy: without this, a change of the guardrail would never reach those who name it.
  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [aws_bedrock_guardrail.endpoint]
  }
}

# One key for everything this endpoint writes down. The account administers it, which keeps the key from being orphaned;
# services may only use it, only for this account, and only for the resources named here.
resource "aws_kms_key" "endpoint" {
  description              = "Rampart endpoint chat"
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
  name          = "alias/rampart-records-ai-chat"
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
      ]
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

  statement {
    sid       = "InvocationLogs"
    actions   = ["kms:GenerateDataKey"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["bedrock.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${local.partition}:bedrock:${var.region}:${var.account_id}:*"]
    }
  }
}
